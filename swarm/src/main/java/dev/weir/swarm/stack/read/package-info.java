/// Compose v3 files as one [Stack], read as `docker stack deploy` reads them. A file goes through
/// [StackYaml] (text to plain values with lines), [Interpolation] (variables), [SchemaCheck] (what
/// may stand where in which version) and [ComposeSections] (one form for every value). Several
/// files are merged. All problems are reported together, each with file, line and path. Start with
/// [StackLoader].
///
/// More than 25 files in one package: each form of a value (size, duration, port, mount) has a
/// small reader, and all of them serve the one schema.
@NullMarked
package dev.weir.swarm.stack.read;

import org.jspecify.annotations.NullMarked;
