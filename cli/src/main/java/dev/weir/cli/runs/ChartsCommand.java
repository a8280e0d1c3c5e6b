package dev.weir.cli.runs;

import dev.weir.base.UserError;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.WordCompletion;
import dev.weir.report.Charts;
import dev.weir.report.Metric;
import dev.weir.report.output.Format;
import dev.weir.run.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weir charts`: draws what each container of a run used.
@Command(
    name = "charts",
    mixinStandardHelpOptions = true,
    header = "Draw what each container of a run used over time.",
    description =
        "Writes RUN_METRIC_CONTAINER files (of a database without RUN: NAME_METRIC_CONTAINER) in "
            + "ggplot2's grey theme, one per container, and one with all of them. Needs no fonts "
            + "on the machine.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir charts weir-4rps --metric cpu",
      "  weir charts weir-4rps --metric memory --out graphics --format svg",
      "  weir charts --database benchmarking2 --metric cpu"
    })
public final class ChartsCommand implements Callable<Integer> {
  @Mixin private RunStoreOptions where = new RunStoreOptions();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description =
          "A run's name, or the path of its folder. Optional with --database, if the database"
              + " holds one run only, or documents that Weir did not write.")
  private @Nullable String name;

  @Option(
      names = "--metric",
      paramLabel = "cpu|memory",
      completionCandidates = WordCompletion.Metrics.class,
      required = true,
      description = "What to draw: cpu (in cores) or memory (in megabytes).")
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private Metric metric;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "graphics",
      description = "Where to write the files (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private Path out;

  @Option(
      names = "--format",
      paramLabel = "png|svg",
      completionCandidates = WordCompletion.Formats.class,
      defaultValue = "png",
      description = "png or svg (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private Format format;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Override
  public Integer call() {
    RunRecord run = read();
    List<Path> files = drawn(run);
    files.forEach(spec.commandLine().getOut()::println);
    if (files.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "weir: run %s holds no samples of containers, so there is nothing to draw (record with a sampler running)"
                  .formatted(run.info().id()));
      return ExitCode.FAILED;
    }
    return ExitCode.OK;
  }

  private RunRecord read() {
    try (RunStore<?> store = where.open()) {
      return store.usage(Optional.ofNullable(name));
    }
  }

  private List<Path> drawn(RunRecord run) {
    try {
      return Charts.write(out, run, metric, format);
    } catch (IOException e) {
      throw new UserError(
          "--out: %s (expected: a folder that can be written to; %s)".formatted(out, e), e);
    }
  }
}
