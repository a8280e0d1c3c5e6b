/// Tests against a small Engine over a real socket.
@NullMarked
package dev.weir.swarm.watch;

import org.jspecify.annotations.NullMarked;
