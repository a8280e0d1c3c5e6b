/// A [dev.weir.swarm.stack.read.Stack] as the JSON that the Engine takes, equal to what `docker
/// stack deploy` sends, leaf for leaf. The conversion needs no Engine. [StackNames] says what the
/// objects of a stack are called. Start with [StackPlan], then [ServiceConversion].
@NullMarked
package dev.weir.swarm.stack.convert;

import org.jspecify.annotations.NullMarked;
