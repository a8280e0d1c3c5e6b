/// The HTTP data plane: parses, leases, forwards and streams.
@NullMarked
package dev.weir.proxy;

import org.jspecify.annotations.NullMarked;
