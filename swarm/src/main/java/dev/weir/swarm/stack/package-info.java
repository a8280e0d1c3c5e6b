/// Stacks: Compose v3 files read, checked, merged and converted to what the Engine takes, leaf for
/// leaf as `docker stack deploy` does it, and deployed, watched, listed and removed.
///
/// A file goes through `StackYaml` (text to plain values with lines), `Interpolation` (variables),
/// `SchemaCheck` (what may stand where in which version), `ComposeFields` (one form for every
/// value, and the merge of several files) and `ServiceConversion` (specs).
@NullMarked
package dev.weir.swarm.stack;

import org.jspecify.annotations.NullMarked;
