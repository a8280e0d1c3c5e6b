/// Tests of following: decisions on made-up views, and a follower before a made-up manager.
@NullMarked
package dev.weir.swarm.follow;

import org.jspecify.annotations.NullMarked;
