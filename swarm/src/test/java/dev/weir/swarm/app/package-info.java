/// Tests against a small Engine over a real socket.
@NullMarked
package dev.weir.swarm.app;

import org.jspecify.annotations.NullMarked;
