/// One machine over SSH: what it is, and commands on it. Start with `Host`.
@NullMarked
package dev.weir.cluster.host;

import org.jspecify.annotations.NullMarked;
