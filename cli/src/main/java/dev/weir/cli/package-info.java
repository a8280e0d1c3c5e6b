/// The commands, `main`, exit codes and everything that is printed: the only place where modules
/// are wired together.
@NullMarked
package dev.weir.cli;

import org.jspecify.annotations.NullMarked;
