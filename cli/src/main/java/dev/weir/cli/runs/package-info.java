/// Commands that read recorded runs, in a folder or in MongoDB: `runs`, `report`, `charts` and
/// `collections`.
///
/// Read [RunsCommand] first. [ChosenRuns] finds the runs that a command names; [RunsFolder] and
/// [MongoOptions] are the options that say where runs are kept.
@NullMarked
package dev.weir.cli.runs;

import org.jspecify.annotations.NullMarked;
