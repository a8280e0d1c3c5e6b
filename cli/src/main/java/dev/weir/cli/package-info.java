/// The entry point: [Weir] is the root command and has `main`.
///
/// Each group of commands has a package of its own, and the root package knows them all. Lower
/// packages never name a higher one: `option` <- `engine`, `runs` <- `load`, `balance`, `stack`,
/// `swarm`, `app`, `monitor`, `simulate` <- `lab` <- this one. The other classes here are about the
/// command line as a whole: help pages, usage errors, former options, completion.
@NullMarked
package dev.weir.cli;

import org.jspecify.annotations.NullMarked;
