package dev.weir.cli.runs;

import dev.weir.base.UserError;
import dev.weir.cli.option.ExitCode;
import dev.weir.store.mongo.MongoRuns;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weir runs import`: copies a run from MongoDB into a folder.
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    header = "Copy a run from a MongoDB database into a folder.",
    description =
        "The files are the exported ones, byte for byte. Existing files are never overwritten.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir runs import weir-4rps --database benchmarking2",
      "  weir runs import weir-4rps --database lab --mongo-client db:27017 --out /data/weir-4rps"
    })
final class MongoImport implements Callable<Integer> {
  @Mixin private RunStoreOptions where = new RunStoreOptions();

  @Parameters(paramLabel = "RUN", description = "The run's name in the database.")
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private String run;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "The new folder (default: the run's name, in --runs).")
  private @Nullable Path out;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Override
  public Integer call() {
    try (MongoRuns runs = where.database()) {
      Path path = out == null ? where.folder().of(plainName(run)) : out;
      var progress = new MongoExport.MongoProgress("importing", spec.commandLine().getErr());
      long records = runs.importTo(run, path, progress);
      spec.commandLine()
          .getOut()
          .println("run %s: %,d records in %s".formatted(run, records, path));
      return ExitCode.OK;
    }
  }

  /// Checks a name of a database's run before it becomes the name of a folder.
  private static String plainName(String run) {
    boolean plain = Path.of(run).getNameCount() == 1 && !run.isBlank() && !run.startsWith(".");
    if (!plain) {
      throw new UserError(
          "run %s: cannot be a folder's name (expected: --out FOLDER beside it)".formatted(run));
    }
    return run;
  }
}
