package dev.weir.lab.compare;

import dev.weir.arrivals.GapLaw;
import dev.weir.sim.Discipline;
import dev.weir.sim.PolicyResult;
import dev.weir.sim.Scenario;
import dev.weir.sim.ServerSpec;
import dev.weir.sim.Simulation;
import dev.weir.sim.Variant;
import dev.weir.stats.Measure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A simulation of a comparison, as `weir simulate` would run it.
///
/// It simulates many runs of the same length and averages the same ratios in the same way. The
/// length matters: the 99th percentile of a short run lies below that of an endless one, and the
/// more so with long queues.
///
/// @param gaps the law of the gaps between arrivals
/// @param work the law of the seconds that a request takes a core of speed 1
/// @param taking what a request takes, in words
/// @param duration of a run
/// @param warmUp of the load before it
/// @param cases the simulated variants by label, the baseline first
public record ComparisonPrediction(
    GapLaw gaps,
    GapLaw work,
    String taking,
    Duration duration,
    Duration warmUp,
    Map<String, Case> cases) {
  /// Simulated arrivals of each variant over all its runs; they take about a second.
  private static final int ARRIVALS = 300_000;

  private static final int RUNS_MIN = 5;
  private static final int RUNS_MAX = 300;

  public ComparisonPrediction {
    cases = new LinkedHashMap<>(cases);
  }

  /// One variant, as the simulator sees it.
  public record Case(Variant variant, List<ServerSpec> servers) {}

  /// Replicas with these CPU quotas, as the simulator sees them.
  static List<ServerSpec> servers(List<Double> quotas) {
    return quotas.stream().map(ComparisonPrediction::server).toList();
  }

  /// A replica with that much of a processor; one thread works on one request. A quota below one
  /// core makes the core slower.
  static ServerSpec server(double quota) {
    return ServerSpec.of(Math.min(1, quota), Math.max(1, quota));
  }

  /// The ratios to the baseline, by label; empty for p95, which the simulator does not compute.
  public Map<String, Double> ratios(Measure measure, long seed) {
    var sums = new LinkedHashMap<String, Double>();
    if (measure == Measure.P95) {
      return sums;
    }
    var random = new SplittableRandom(seed);
    for (int run = 0; run < runs(); run++) {
      long drawn = random.nextLong();
      double base = Double.NaN;
      for (Map.Entry<String, Case> one : cases.entrySet()) {
        double figure = figure(one.getValue(), measure, drawn);
        base = Double.isNaN(base) ? figure : base;
        sums.merge(one.getKey(), Math.log(figure / base), Double::sum);
      }
    }
    sums.replaceAll((_, sum) -> Math.exp(sum / runs()));
    return sums;
  }

  /// How it was simulated, in one sentence.
  public String describe() {
    return "Simulated: the mean ratio of %d runs of about %d arrivals each; a request takes %s."
        .formatted(runs(), arrivals(duration), taking);
  }

  private double figure(Case one, Measure measure, long seed) {
    int before = arrivals(warmUp);
    Scenario scenario =
        Scenario.of(gaps, work, one.servers(), Discipline.PS, before + arrivals(duration), seed)
            .withWarmup(before);
    PolicyResult outcome = Simulation.run(scenario, one.variant());
    return switch (measure) {
      case P50 -> outcome.p50Seconds();
      case P95 -> Double.NaN;
      case P99 -> outcome.p99Seconds();
      case MEAN -> outcome.meanSeconds();
    };
  }

  private int runs() {
    return Math.clamp(ARRIVALS / Math.max(1, arrivals(duration)), RUNS_MIN, RUNS_MAX);
  }

  private int arrivals(Duration time) {
    double count = gaps.ratePerSecond() * time.toNanos() / 1e9;
    return Math.clamp(Math.round(count), 1, ARRIVALS);
  }
}
