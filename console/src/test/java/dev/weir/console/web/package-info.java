/// Tests of the server with real sockets, and a played swarm to look at. Start with
/// [PlayedConsole].
@NullMarked
package dev.weir.console.web;

import org.jspecify.annotations.NullMarked;
