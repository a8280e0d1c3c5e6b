package dev.weir.cli;

import dev.weir.base.UserError;
import dev.weir.report.Charts;
import dev.weir.report.ContainerUse;
import dev.weir.report.Format;
import dev.weir.report.Metric;
import dev.weir.report.Report;
import dev.weir.run.RunInfo;
import dev.weir.run.RunRecord;
import dev.weir.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is made of a run when it has been recorded: a table, a page, charts, a list of names.
@Section("Results")
final class BenchOutputs {
  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "Record the run in this new folder. Default: one of --runs, named as --database.")
  private @Nullable Path out;

  @Option(
      names = "--graphics",
      paramLabel = "FOLDER",
      description =
          "Draw CPU and memory of every container into this folder, a file each. Default: only the"
              + " page report.html in the run's folder.")
  private @Nullable Path graphics;

  @Option(
      names = "--write-to-file",
      paramLabel = "True|False",
      arity = "0..1",
      fallbackValue = "true",
      description = "Write the containers' names to DATABASE.collections.txt, one a line.")
  private boolean writeToFile;

  @Option(names = "--no-report", description = "Write no report.html.")
  private boolean noReport;

  /// The run's folder: the one asked for, or the first of `root` that is free.
  Path folder(Path root, String name) {
    if (out != null) {
      return out;
    }
    Path folder = root.resolve(name);
    for (int i = 2; Files.exists(folder); i++) {
      folder = root.resolve(name + "-" + i);
    }
    return folder;
  }

  /// Prints what the containers used, and writes what was asked for.
  void write(Path folder, String database, Terminal terminal) throws IOException {
    RunRecord run = RunFolder.read(folder);
    List<ContainerUse> uses = ContainerUse.of(run);
    table(uses).forEach(terminal::print);
    terminal.print("run: " + folder);
    if (writeToFile) {
      terminal.print("containers: " + names(uses, database));
    }
    if (graphics != null) {
      charts(graphics, named(run, database), terminal);
    }
    if (!noReport) {
      Path page = folder.resolve("report.html");
      Report.write(page, List.of(run), run.info().title());
      terminal.print("report: " + page);
    }
  }

  /// The tutorial names its charts after the database.
  private static RunRecord named(RunRecord run, String database) {
    RunInfo of = run.info();
    var info =
        new RunInfo(database, of.title(), of.startedAt(), of.command(), of.seed(), of.facts());
    return new RunRecord(info, run.requests(), run.samples(), run.events(), run.certificate());
  }

  private static void charts(Path folder, RunRecord run, Terminal terminal) throws IOException {
    ChartsCommand.silenceMissingLogger();
    int count = 0;
    for (Metric metric : Metric.values()) {
      count += Charts.write(folder, run, metric, Format.PNG).size();
    }
    terminal.print("charts: %s in %s".formatted(Figures.count(count, "file"), folder));
  }

  private static Path names(List<ContainerUse> uses, String database) {
    Path file = Path.of(database + ".collections.txt");
    try {
      return Files.write(file, uses.stream().map(ContainerUse::container).toList());
    } catch (IOException e) {
      throw new UserError("--write-to-file: %s cannot be written: %s".formatted(file, e), e);
    }
  }

  static List<String> table(List<ContainerUse> uses) {
    if (uses.isEmpty()) {
      return List.of("no container was sampled");
    }
    var table =
        new TextTable(
            "NODE", "CONTAINER", "SOURCE", "SAMPLES", "CPU s", "CORES", "MAX CORES", "MAX MB");
    for (ContainerUse use : uses) {
      table.add(
          use.node(),
          use.container(),
          use.source(),
          String.valueOf(use.samples()),
          number("%.2f", use.cpuSeconds()),
          number("%.3f", use.meanCores()),
          number("%.3f", use.maxCores()),
          number("%.1f", use.maxMegabytes()));
    }
    return table.lines();
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }
}
