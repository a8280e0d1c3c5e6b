/// HTTP/1.1 as the load generator needs it: one request to repeat, and a parser of responses. Bytes
/// in, values out: the package opens no connection and reads no clock. Start with [RequestTemplate]
/// (what is sent to a [Target]) and [ResponseParser] (what comes back).
@NullMarked
package dev.weir.load.http;

import org.jspecify.annotations.NullMarked;
