/// The event loop and the servers that drive core's own classes on virtual time.
@NullMarked
package dev.weir.sim;

import org.jspecify.annotations.NullMarked;
