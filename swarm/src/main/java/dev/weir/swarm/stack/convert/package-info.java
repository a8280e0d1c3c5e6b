/// A [dev.weir.swarm.stack.read.Stack] as JSON for the Engine, equal in every leaf to what `docker
/// stack deploy` sends. The conversion needs no Engine. [StackNames] gives the names of a stack's
/// objects. Start with [StackPlan], then [ServiceConversion].
@NullMarked
package dev.weir.swarm.stack.convert;

import org.jspecify.annotations.NullMarked;
