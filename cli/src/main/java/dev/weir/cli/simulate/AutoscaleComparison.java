package dev.weir.cli.simulate;

import dev.weir.base.Problems;
import dev.weir.cli.option.ChartFile;
import dev.weir.cli.option.RepeatCommandLine;
import dev.weir.report.ScaleChart;
import dev.weir.report.ScaleChart.Line;
import dev.weir.sim.scale.LoadTrace;
import dev.weir.sim.scale.NamedRule;
import dev.weir.sim.scale.ScaleResult;
import dev.weir.sim.scale.ScaleResult.Point;
import dev.weir.sim.scale.ScaleScenario;
import dev.weir.sim.scale.ScaleSimulation;
import dev.weir.term.FigureText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import picocli.CommandLine.Model.CommandSpec;

/// Plays traces under rules of autoscaling, and prints what each makes of them.
final class AutoscaleComparison {
  private static final int PARTS = 1_000;

  private final CommandSpec spec;
  private final SimulatedAutoscaling options;
  private final long firstSeed;
  private final int seeds;

  AutoscaleComparison(CommandSpec spec, SimulatedAutoscaling options, long firstSeed, int seeds) {
    this.spec = spec;
    this.options = options;
    this.firstSeed = firstSeed;
    this.seeds = seeds;
  }

  /// Plays all and prints a table, or JSON.
  void run(boolean json) throws InterruptedException {
    var problems = new Problems();
    AutoscaleOnly.check(spec, problems);
    problems.check(seeds >= 1 && seeds <= 1_000, "--seeds", seeds, "1 to 1000");
    List<NamedRule> rules = options.rules(problems);
    PlayedTraces traces = PlayedTraces.of(spec, options, problems);
    ScaleScenario scenario = options.scenario(traces.peakErlangs(options), problems).orElse(null);
    problems.throwIfAny("simulate");
    options.chart().ifPresent(ChartFile::format);
    if (scenario == null) {
      throw new IllegalStateException("a scenario without a problem is known");
    }
    Map<String, List<ScaleResult>> results = play(traces, rules, scenario);
    List<AutoscaleRow> rows = rows(traces, rules, results);
    PrintWriter out = spec.commandLine().getOut();
    String repeat = RepeatCommandLine.of(spec, firstSeed);
    if (json) {
      out.println(AutoscaleTable.json(rows, repeat, firstSeed, seeds));
    } else {
      out.printf(
          "%s, %s, %d to %d replicas, %s from %d%n%n",
          traces.describe(options),
          options.describe(),
          scenario.min(),
          scenario.max(),
          FigureText.count(seeds, "seed"),
          firstSeed);
      AutoscaleTable.lines(rows).forEach(out::println);
    }
    options.chart().ifPresent(file -> draw(file, traces, rules, scenario, results, json));
    if (!json) {
      out.printf("%nrepeat: %s%n", repeat);
    }
    out.flush();
  }

  private Map<String, List<ScaleResult>> play(
      PlayedTraces traces, List<NamedRule> rules, ScaleScenario scenario)
      throws InterruptedException {
    var tasks = new ArrayList<SimulationRuns.Task<ScaleResult>>();
    for (String trace : traces.names()) {
      for (NamedRule rule : rules) {
        LongStream.range(firstSeed, firstSeed + seeds)
            .<SimulationRuns.Task<ScaleResult>>mapToObj(
                seed -> progress -> play(traces.trace(trace, seed), scenario, rule, seed, progress))
            .forEach(tasks::add);
      }
    }
    List<ScaleResult> all = SimulationRuns.all("autoscale", tasks, PARTS);
    var results = new HashMap<String, List<ScaleResult>>();
    int next = 0;
    for (String trace : traces.names()) {
      for (NamedRule rule : rules) {
        results.put(key(trace, rule), all.subList(next, next + seeds));
        next += seeds;
      }
    }
    return results;
  }

  private static ScaleResult play(
      LoadTrace trace, ScaleScenario scenario, NamedRule rule, long seed, IntConsumer progress) {
    ScaleResult result =
        ScaleSimulation.run(
            trace, scenario, rule, seed, share -> progress.accept((int) (share * PARTS)));
    progress.accept(PARTS);
    return result;
  }

  private static List<ScaleResult> of(
      Map<String, List<ScaleResult>> results, String trace, NamedRule rule) {
    return results.getOrDefault(key(trace, rule), List.of());
  }

  private static String key(String trace, NamedRule rule) {
    return trace + "\0" + rule.label();
  }

  private List<AutoscaleRow> rows(
      PlayedTraces traces, List<NamedRule> rules, Map<String, List<ScaleResult>> results) {
    var rows = new ArrayList<AutoscaleRow>();
    for (String trace : traces.names()) {
      List<ScaleResult> cpu = of(results, trace, new NamedRule.Cpu());
      for (NamedRule rule : rules) {
        rows.add(AutoscaleRow.of(trace, rule.label(), of(results, trace, rule), cpu));
      }
    }
    if (traces.names().size() > 1) {
      List<AutoscaleRow> each = List.copyOf(rows);
      for (NamedRule rule : rules) {
        rows.add(
            AutoscaleRow.mean(
                rule.label(),
                each.stream().filter(row -> row.rule().equals(rule.label())).toList()));
      }
    }
    return rows;
  }

  private void draw(
      Path file,
      PlayedTraces traces,
      List<NamedRule> rules,
      ScaleScenario scenario,
      Map<String, List<ScaleResult>> results,
      boolean json) {
    for (String trace : traces.names()) {
      var arrivals = new ArrayList<Line>();
      var replicas = new ArrayList<Line>();
      var percentiles = new ArrayList<Line>();
      for (NamedRule rule : rules) {
        List<Point> points = of(results, trace, rule).getFirst().series();
        if (arrivals.isEmpty()) {
          arrivals.add(line("arrivals", points, Point::arrivalsPerSecond));
        }
        replicas.add(line(rule.label(), points, Point::replicas));
        percentiles.add(line(rule.label(), points, Point::percentileSeconds));
      }
      var chart =
          new ScaleChart(
              "%s, seed %d".formatted(trace, firstSeed),
              options.describe(),
              scenario.promise(),
              arrivals,
              replicas,
              percentiles);
      Path to = traces.names().size() == 1 ? file : withTrace(file, trace);
      ChartFile.write(to, chart::write);
      if (!json) {
        spec.commandLine().getOut().println(to);
      }
    }
  }

  private static Path withTrace(Path file, String trace) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    return file.resolveSibling(stem + "-" + trace + (dot < 0 ? "" : name.substring(dot)));
  }

  private static Line line(String name, List<Point> points, ToDoubleFunction<Point> figure) {
    return new Line(
        name,
        points.stream().map(Point::seconds).toList(),
        points.stream().mapToDouble(figure).boxed().toList());
  }
}
