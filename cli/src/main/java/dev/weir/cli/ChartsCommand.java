package dev.weir.cli;

import dev.weir.base.UserError;
import dev.weir.report.Charts;
import dev.weir.report.Format;
import dev.weir.report.Metric;
import dev.weir.run.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weir charts`: what each container of a run used, as image files.
@Command(
    name = "charts",
    mixinStandardHelpOptions = true,
    header = "Draw what each container of a run used over time.",
    description =
        "Writes RUN_METRIC_CONTAINER files in ggplot2's grey theme, one per container, and one with "
            + "all of them. Needs no fonts on the machine.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir charts weir-4rps --metric cpu",
      "  weir charts weir-4rps --metric memory --out graphics --format svg"
    })
final class ChartsCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private RunsFolder runs;

  @Parameters(paramLabel = "RUN", description = "A run's name, or the path of its folder.")
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private String name;

  @Option(
      names = "--metric",
      paramLabel = "cpu|memory",
      completionCandidates = Words.Metrics.class,
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
      completionCandidates = Words.Formats.class,
      defaultValue = "png",
      description = "png or svg (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private Format format;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Override
  public Integer call() {
    silenceMissingLogger();
    RunRecord run = ChosenRuns.read(runs, name);
    List<Path> files = drawn(run);
    files.forEach(spec.commandLine().getOut()::println);
    if (files.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "weir: run %s holds no samples of containers, so there is nothing to draw (record with a sampler running)"
                  .formatted(name));
      return ExitCode.FAILED;
    }
    return ExitCode.OK;
  }

  private List<Path> drawn(RunRecord run) {
    try {
      return Charts.write(out, run, metric, format);
    } catch (IOException e) {
      throw new UserError(
          "--out: %s (expected: a folder that can be written to; %s)".formatted(out, e), e);
    }
  }

  /// The chart library asks for a logger. That there is none concerns nobody who draws a chart.
  static void silenceMissingLogger() {
    String verbosity = "slf4j.internal.verbosity";
    if (System.getProperty(verbosity) == null) {
      System.setProperty(verbosity, "ERROR");
    }
  }
}
