package dev.weir.cli.runs;

import dev.weir.base.UserError;
import dev.weir.run.RunRecord;
import dev.weir.store.folder.RunFolder;
import dev.weir.store.folder.RunSummary;
import dev.weir.store.mongo.MongoRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads runs by name. If a name does not exist, the error lists the known ones.
public final class ChosenRuns {
  /// How many known names an error lists.
  private static final int NAMED_MAX = 12;

  private ChosenRuns() {}

  /// The run of that name in a folder.
  public static RunRecord read(RunsFolder runs, String name) {
    Path folder = runs.of(name);
    if (!Files.exists(folder)) {
      throw new UserError("run %s: not found (%s)".formatted(name, known(runs.root())));
    }
    return RunFolder.read(folder);
  }

  /// The run of that name in a folder, or in the database if there is one.
  static RunRecord read(RunsFolder runs, MongoOptions mongo, String name) {
    Optional<MongoRuns> database = mongo.runs();
    if (database.isEmpty()) {
      return read(runs, name);
    }
    try (MongoRuns found = database.get()) {
      return found.read(name);
    }
  }

  /// Checks a name of a database's run before it becomes the name of a folder.
  static String plainName(String run) {
    boolean plain = Path.of(run).getNameCount() == 1 && !run.isBlank() && !run.startsWith(".");
    if (!plain) {
      throw new UserError(
          "run %s: cannot be a folder's name (expected: --out FOLDER beside it)".formatted(run));
    }
    return run;
  }

  private static String known(Path root) {
    List<RunSummary> kept = RunFolder.list(root);
    if (kept.isEmpty()) {
      return "there are no runs in %s: give the path of a run's folder, or --runs FOLDER"
          .formatted(root);
    }
    String names =
        kept.reversed().stream()
            .limit(NAMED_MAX)
            .map(RunSummary::name)
            .collect(Collectors.joining(", "));
    int more = kept.size() - NAMED_MAX;
    return "in %s there are: %s%s".formatted(root, names, more > 0 ? " and " + more + " more" : "");
  }
}
