/// The HTTP server of the page: login, files, stream, API. Start with `ConsoleServer`.
@NullMarked
package dev.weir.console.web;

import org.jspecify.annotations.NullMarked;
