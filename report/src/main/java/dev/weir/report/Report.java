package dev.weir.report;

import dev.weir.base.Checks;
import dev.weir.report.output.Output;
import dev.weir.run.RunRecord;
import dev.weir.scale.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The one-file page of one run, or of several side by side. It loads nothing from the network.
public final class Report {
  /// More runs than this do not fit side by side.
  public static final int RUNS_MAX = 8;

  private Report() {}

  /// Writes the page into `file`, replacing an old page only when the new one is complete.
  ///
  /// @param runs the first is the baseline of every ratio
  public static void write(Path file, List<RunRecord> runs, String title) throws IOException {
    write(file, runs, title, Optional.empty());
  }

  /// The same with a section on the number of replicas that keeps a promise.
  ///
  /// @param runs the first is the baseline of every ratio
  /// @param promise the latency to keep; empty for none
  public static void write(Path file, List<RunRecord> runs, String title, Optional<Promise> promise)
      throws IOException {
    Checks.check(
        !runs.isEmpty() && runs.size() <= RUNS_MAX, "runs", runs.size(), "1 to " + RUNS_MAX);
    String page = new Page(title, runs.stream().map(ShownNames::applied).toList(), promise).html();
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder != null) {
      Output.createFolders(folder);
    }
    Output.replace(absolute, page);
  }
}
