/// Tests of the client against a small Engine over real sockets, and against a real one.
@NullMarked
package dev.weir.swarm.engine;

import org.jspecify.annotations.NullMarked;
