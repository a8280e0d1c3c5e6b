/// HTTP/1.1 as bytes: reads the heads and bodies of requests and responses, and writes them again
/// in the one spelling that all servers understand alike. It knows buffers, not connections.
///
/// [HeadParser] decides what is refused. [RequestHead] and [ResponseHead] hold what was read,
/// [Body] finds a body's end, and [HeadWriter] writes heads. Read [HeadParser] first.
@NullMarked
package dev.weir.proxy.http;

import org.jspecify.annotations.NullMarked;
