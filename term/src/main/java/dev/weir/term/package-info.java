/// Everything that is printed goes through here: lines on a terminal, progress bars, tables and
/// figures.
///
/// Read [Terminal] first. It writes results to standard output and progress to standard error, and
/// it makes control characters in foreign text visible. The other classes only make strings.
@NullMarked
package dev.weir.term;

import org.jspecify.annotations.NullMarked;
