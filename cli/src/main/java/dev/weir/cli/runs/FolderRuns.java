package dev.weir.cli.runs;

import dev.weir.base.UserError;
import dev.weir.run.RunRecord;
import dev.weir.store.folder.RunFolder;
import dev.weir.store.folder.RunSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The runs in a folder, each a folder of plain files.
///
/// @param folder where they are
record FolderRuns(RunsFolder folder) implements RunStore<RunSummary> {
  /// How many known names an error lists.
  private static final int NAMED_MAX = 12;

  @Override
  public List<RunSummary> list() {
    return RunFolder.list(folder.root());
  }

  @Override
  public RunSummary describe(String run) {
    return RunFolder.describe(folder.of(run));
  }

  @Override
  public RunRecord read(String run) {
    Path path = folder.of(run);
    if (!Files.exists(path)) {
      throw new UserError("run %s: not found (%s)".formatted(run, known()));
    }
    return RunFolder.read(path);
  }

  @Override
  public RunRecord usage(Optional<String> run) {
    return read(
        run.orElseThrow(
            () -> new UserError("RUN: missing (expected: a run's name, or --database NAME)")));
  }

  @Override
  public String delete(RunSummary run) {
    RunFolder.delete(run.folder());
    return run.folder().toString();
  }

  @Override
  public Object id(RunSummary run) {
    return run.folder();
  }

  @Override
  public List<String> table(List<RunSummary> runs) {
    return RunsTable.of(runs);
  }

  @Override
  public List<String> details(RunSummary run) {
    return RunsTable.all(run);
  }

  @Override
  public String place() {
    return folder.root().toAbsolutePath().normalize().toString();
  }

  /// Nothing stays open.
  @Override
  public void close() {}

  private String known() {
    List<RunSummary> kept = list();
    if (kept.isEmpty()) {
      return "there are no runs in %s: give the path of a run's folder, or --runs FOLDER"
          .formatted(folder.root());
    }
    String names =
        kept.reversed().stream()
            .limit(NAMED_MAX)
            .map(RunSummary::name)
            .collect(Collectors.joining(", "));
    int more = kept.size() - NAMED_MAX;
    return "in %s there are: %s%s"
        .formatted(folder.root(), names, more > 0 ? " and " + more + " more" : "");
  }
}
