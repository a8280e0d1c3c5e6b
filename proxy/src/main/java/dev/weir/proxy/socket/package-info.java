/// Sockets: which kind the machine offers, and how a connection's output ends.
///
/// Read [Transport] first.
@NullMarked
package dev.weir.proxy.socket;

import org.jspecify.annotations.NullMarked;
