/// Follows the tasks of swarm services: who may be sent requests now, where, and under which
/// settings. What is decided is decided without I/O or clock; [TaskFollower] asks the Engine.
@NullMarked
package dev.weir.swarm.follow;

import org.jspecify.annotations.NullMarked;
