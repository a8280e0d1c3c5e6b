package dev.weir.cli.lab;

import dev.weir.cli.option.HelpSection;
import dev.weir.cli.runs.CollectionsFile;
import dev.weir.report.Charts;
import dev.weir.report.ContainerUse;
import dev.weir.report.Metric;
import dev.weir.report.Report;
import dev.weir.report.output.Format;
import dev.weir.run.RunInfo;
import dev.weir.run.RunRecord;
import dev.weir.store.folder.RunFolder;
import dev.weir.term.FigureText;
import dev.weir.term.Terminal;
import dev.weir.term.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a recorded run yields: a table, a page, charts, a list of names.
@HelpSection("Results")
final class BenchOutputs {
  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "New folder for the run. Default: a folder in --runs, named after --database.")
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
  ///
  /// @return whether all of it could be written
  boolean write(Path folder, String database, Terminal terminal) {
    RunRecord run = RunFolder.read(folder);
    List<ContainerUse> uses = ContainerUse.of(run);
    table(uses).forEach(terminal::print);
    terminal.print("run: " + folder);
    boolean named =
        !writeToFile || written("--write-to-file", terminal, () -> names(uses, database));
    Path into = graphics;
    boolean drawn =
        into == null || written("--graphics", terminal, () -> charts(into, named(run, database)));
    boolean reported = noReport || written("report", terminal, () -> report(folder, run));
    return named && drawn && reported;
  }

  /// Writes one output. If it fails, the others are still written.
  private static boolean written(String what, Terminal terminal, Output output) {
    try {
      terminal.print(output.write());
      return true;
    } catch (IOException e) {
      terminal.report(
          "weir: %s: could not be written: %s (expected: a place with room that you may write to; the run itself is kept)"
              .formatted(what, e));
      return false;
    }
  }

  private static String report(Path folder, RunRecord run) throws IOException {
    Path page = folder.resolve("report.html");
    Report.write(page, List.of(run), run.info().title());
    return "report: " + page;
  }

  /// The tutorial names its charts after the database.
  private static RunRecord named(RunRecord run, String database) {
    RunInfo of = run.info();
    var info =
        new RunInfo(database, of.title(), of.startedAt(), of.command(), of.seed(), of.facts());
    return new RunRecord(info, run.requests(), run.samples(), run.events(), run.certificate());
  }

  private static String charts(Path folder, RunRecord run) throws IOException {
    int count = 0;
    for (Metric metric : Metric.values()) {
      count += Charts.write(folder, run, metric, Format.PNG).size();
    }
    return "charts: %s in %s".formatted(FigureText.count(count, "file"), folder);
  }

  private static String names(List<ContainerUse> uses, String database) throws IOException {
    Path file = CollectionsFile.of(database);
    CollectionsFile.write(file, uses.stream().map(ContainerUse::container).toList());
    return "containers: " + file;
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

  /// Writes one output and describes it in a line.
  @FunctionalInterface
  private interface Output {
    String write() throws IOException;
  }
}
