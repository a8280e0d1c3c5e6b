/// What a run records: its description, its requests, the samples of its containers, its events and
/// the certificate of its load.
///
/// Records only, so that the modules that write them (load, observe), keep them (store) and draw
/// them (report) need not know one another.
@NullMarked
package dev.weir.run;

import org.jspecify.annotations.NullMarked;
