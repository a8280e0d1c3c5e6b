/// Commands that read recorded runs, in a folder or in MongoDB: `runs`, `report`, `charts` and
/// `collections`.
///
/// Read [RunsCommand] first. A [RunStore] is where runs are kept, and [RunStoreOptions] the options
/// that say so.
@NullMarked
package dev.weir.cli.runs;

import org.jspecify.annotations.NullMarked;
