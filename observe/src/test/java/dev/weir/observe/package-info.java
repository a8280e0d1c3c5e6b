/// Tests of the samplers, against real processes and on virtual time.
@NullMarked
package dev.weir.observe;

import org.jspecify.annotations.NullMarked;
