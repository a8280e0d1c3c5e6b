/// A run as a folder of files: `run.json`, one CSV of requests, one file of samples per container,
/// and one file of events. While a run records, lines are appended and forced to disk each second.
/// After a crash the complete lines are read and the rest is skipped. Only the owner may read the
/// files. Start with [RunFolder]; [RecordingLoop] writes and [RunReader] reads.
@NullMarked
package dev.weir.store.folder;

import org.jspecify.annotations.NullMarked;
