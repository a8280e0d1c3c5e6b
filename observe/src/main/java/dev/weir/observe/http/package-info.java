/// HTTP between the observers: a small server for JSON documents, and bounded requests to one.
/// Outside the local machine both sides use mutual TLS. Every read and write has a bound and a
/// timeout. Start with [AgentHttpServer] (the server) and [HttpText] (the requests).
@NullMarked
package dev.weir.observe.http;

import org.jspecify.annotations.NullMarked;
