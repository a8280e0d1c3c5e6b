package dev.weir.cli.runs;

import dev.weir.run.RunRecord;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The option that says where runs are kept, shared by the commands that record and read them.
public final class RunsFolder {
  @Option(
      names = "--runs",
      paramLabel = "FOLDER",
      defaultValue = "${env:WEIR_RUNS:-runs}",
      description = "Where runs are kept (default: $WEIR_RUNS, or else ./runs).")
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private Path root;

  public Path root() {
    return root;
  }

  /// Reads a run of that name, or at that path.
  ///
  /// @throws dev.weir.base.UserError if there is none
  public RunRecord read(String run) {
    return new FolderRuns(this).read(run);
  }

  /// The folder of a run named as `weir runs ls` lists it, or by a path.
  Path of(String run) {
    Path given = Path.of(run);
    return given.getNameCount() > 1 || given.isAbsolute() ? given : root.resolve(given);
  }
}
