package dev.weir.cli.runs;

import dev.weir.base.UserError;
import dev.weir.cli.option.ExitCode;
import dev.weir.store.mongo.MongoRuns;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `weir collections`: lists the containers with samples in a database.
@Command(
    name = "collections",
    mixinStandardHelpOptions = true,
    header = "List a database's collections of containers, and write them to a file for R.",
    description = {
      "Prints a collection a line, and writes NAME.collections.txt for scripts that read the"
          + " collections' names there.",
      "The file's first line is _weir_runs and not a container: the tutorial's graphs.R skips the"
          + " first line."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir collections --database benchmarking2",
      "  weir collections --database benchmarking2 && Rscript graphs.R . benchmarking2 cpu"
    })
public final class CollectionsCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private MongoOptions mongo;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file (default: NAME.collections.txt, NAME being the database).")
  private @Nullable Path out;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter terminal = spec.commandLine().getOut();
    try (MongoRuns runs = MongoRuns.of(mongo.required())) {
      List<String> collections = runs.collections();
      if (collections.isEmpty()) {
        spec.commandLine()
            .getErr()
            .println(
                "weir: %s: has no collections of containers ('weir runs export RUN' fills them)"
                    .formatted(runs.target()));
        return ExitCode.FAILED;
      }
      Path file = out == null ? CollectionsFile.of(runs.target().database()) : out;
      write(file, collections);
      collections.forEach(terminal::println);
      spec.commandLine().getErr().println("weir: written to " + file);
      return ExitCode.OK;
    }
  }

  private static void write(Path file, List<String> collections) {
    try {
      CollectionsFile.write(file, collections);
    } catch (IOException e) {
      throw new UserError(
          "--out: %s (expected: a file that can be written; %s)".formatted(file, e), e);
    }
  }
}
