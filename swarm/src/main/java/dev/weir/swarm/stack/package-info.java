/// Stacks on a swarm: deployed, watched, listed and removed, as `docker stack` does it.
///
/// `read` reads and checks Compose files, `convert` makes the Engine's JSON from them; this package
/// brings the result to the swarm and follows it there. Start with [StackDeploy].
@NullMarked
package dev.weir.swarm.stack;

import org.jspecify.annotations.NullMarked;
