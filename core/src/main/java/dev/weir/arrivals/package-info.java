/// When requests come: the laws that gaps between arrivals follow, schedules drawn from them by
/// seed, and the estimators that measure a stream's rate and burstiness. A law is a [GapLaw];
/// [Laws] makes one from a name and its parameters. Start with [Schedule].
@NullMarked
package dev.weir.arrivals;

import org.jspecify.annotations.NullMarked;
