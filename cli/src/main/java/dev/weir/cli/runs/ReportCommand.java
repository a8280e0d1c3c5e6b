package dev.weir.cli.runs;

import dev.weir.base.UserError;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.PromiseConverter;
import dev.weir.report.Report;
import dev.weir.report.RunsSideBySide;
import dev.weir.run.RunRecord;
import dev.weir.scale.Promise;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weir report`: writes one page of a run, or of several side by side.
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    header = "Write one HTML page of a run, or of several runs side by side.",
    description = {
      "Prints the headline figures and writes a page that opens without a network: arrivals, "
          + "latency, replicas, CPU, memory, sizing, the load's certificate and the command to repeat it.",
      "Of several runs the first is the baseline that ratios refer to."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir report weir-4rps",
      "  weir report weir-4rps --slo 'p99<300ms'",
      "  weir report weir-4rps --database benchmarking2",
      "  weir report round-robin-4rps weir-4rps --out comparison.html --open"
    })
public final class ReportCommand implements Callable<Integer> {
  @Mixin private RunStoreOptions where = new RunStoreOptions();

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "A run's name, or the path of its folder; up to " + Report.RUNS_MAX + ".")
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private List<String> names;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "The page (default: report.html in the run's folder; of several, or from MongoDB, in this one).")
  @Nullable
  private Path out;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "The page's heading (default: the runs' titles).")
  @Nullable
  private String title;

  @Option(
      names = "--slo",
      paramLabel = "PROMISE",
      converter = PromiseConverter.class,
      description =
          "The latency to keep, as in p99<300ms: the section on sizing shows how many replicas do.")
  private @Nullable Promise slo;

  @Option(names = "--open", description = "Open the page in the browser.")
  private boolean open;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<RunRecord> read = read();
    Path page = page();
    try {
      Report.write(page, read, title == null ? titles(read) : title, Optional.ofNullable(slo));
    } catch (IOException e) {
      throw new UserError(
          "--out: %s (expected: a file that can be written; %s)".formatted(page, e), e);
    }
    PrintWriter terminal = spec.commandLine().getOut();
    RunsSideBySide.of(read).lines().forEach(terminal::println);
    terminal.println();
    terminal.println("report: %s (%,d kB)".formatted(page, (Files.size(page) + 999) / 1000));
    if (open) {
      Browser.open(page, spec.commandLine().getErr()::println);
    }
    return ExitCode.OK;
  }

  private List<RunRecord> read() {
    try (RunStore<?> store = where.open()) {
      return names.stream().map(store::read).toList();
    }
  }

  private Path page() {
    if (out != null) {
      return out;
    }
    Path here = Path.of("report.html");
    return names.size() > 1 || where.isDatabase()
        ? here
        : where.folder().of(names.getFirst()).resolve(here);
  }

  private static String titles(List<RunRecord> runs) {
    return runs.stream()
        .map(run -> run.info().title().isBlank() ? run.info().id() : run.info().title())
        .distinct()
        .collect(Collectors.joining(" against "));
  }
}
