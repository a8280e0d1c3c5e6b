/// Compose v3 files as one [Stack], read as `docker stack deploy` reads them. A file goes through
/// [StackYaml] (text to plain values with lines), [Interpolation] (variables), [SchemaCheck] (what
/// may stand where in which version) and [ComposeSections] (one form for every value). Several
/// files are merged. All problems are reported together, each with file, line and path. Start with
/// [StackLoader].
@NullMarked
package dev.weir.swarm.stack.read;

import org.jspecify.annotations.NullMarked;
