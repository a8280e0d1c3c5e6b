/// Tests of the sender with real sockets, and of the certificate with synthetic sends.
@NullMarked
package dev.weir.load;

import org.jspecify.annotations.NullMarked;
