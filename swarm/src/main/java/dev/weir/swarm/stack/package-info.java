/// Stacks: Compose v3 files read, checked, merged and converted to what the Engine takes, leaf for
/// leaf as `docker stack deploy` does it, and deployed, watched, listed and removed.
///
/// A file goes through [dev.weir.swarm.stack.StackYaml] (text to plain values with lines),
/// [dev.weir.swarm.stack.Interpolation] (variables), [dev.weir.swarm.stack.SchemaCheck] (what may
/// stand where in which version), [dev.weir.swarm.stack.ComposeFields] (one form for every value,
/// and the merge of several files) and [dev.weir.swarm.stack.ServiceConversion] (specs).
@NullMarked
package dev.weir.swarm.stack;

import org.jspecify.annotations.NullMarked;
