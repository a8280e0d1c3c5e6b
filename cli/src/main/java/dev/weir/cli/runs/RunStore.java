package dev.weir.cli.runs;

import dev.weir.run.RunRecord;
import java.util.List;
import java.util.Optional;

/// Where recorded runs are kept: a folder ([FolderRuns]) or a MongoDB database ([DatabaseRuns]).
///
/// Whatever names a run throws [dev.weir.base.UserError] if there is none of that name.
///
/// @param <S> what a list shows of one run; its JSON is the command's JSON
interface RunStore<S> extends AutoCloseable {
  /// The runs, the oldest first.
  List<S> list();

  /// What can be said of a run without reading all of it.
  S describe(String run);

  /// Reads a whole run.
  RunRecord read(String run);

  /// Reads what the containers of a run used. Only a database can do without a name.
  RunRecord usage(Optional<String> run);

  /// Deletes a run.
  ///
  /// @return what is gone, for a person to read
  String delete(S run);

  /// What identifies a run among its like in JSON.
  Object id(S run);

  /// A table with a row for each run.
  List<String> table(List<S> runs);

  /// Everything about one run, a line each.
  List<String> details(S run);

  /// The folder or the database, for a person to read.
  String place();

  @Override
  void close();
}
