/// HTTP/1.1 for the load generator: one request to repeat, and a parser of responses. It converts
/// bytes to values and opens no connection. Start with [RequestTemplate] (what is sent to a
/// [Target]) and [ResponseParser] (what comes back).
@NullMarked
package dev.weir.load.http;

import org.jspecify.annotations.NullMarked;
