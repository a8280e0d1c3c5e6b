package dev.weir.report;

import dev.weir.report.SizingCurve.Point;
import dev.weir.run.RequestTrace;
import dev.weir.run.RunRecord;
import dev.weir.scale.Demand;
import dev.weir.scale.Predictor;
import dev.weir.scale.Promise;
import dev.weir.scale.RecordedDemand;
import dev.weir.scale.ReplicaNeed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// How many replicas a run's requests need, from their gaps and their times.
///
/// @param curve the percentile by number of replicas
/// @param sentence which number, and why
record RunSizing(SizingCurve curve, String sentence) {
  private static final Predictor PREDICTOR = new Predictor();
  private static final int REPLICAS_MAX = 10_000;
  private static final int SLOTS = 1;
  private static final int FEWER_SHOWN = 2;
  private static final int MORE_SHOWN = 3;
  private static final double PERCENTILE = 99;

  /// Sizes a run for a promise; empty if it has too few responses.
  static Optional<RunSizing> of(RunRecord run, Promise promise) {
    return demand(run)
        .map(demand -> {
          ReplicaNeed need = ReplicaNeed.of(demand, promise, SLOTS, REPLICAS_MAX);
          var curve =
              new SizingCurve(
                  "Replicas for " + promise,
                  SizingWords.of(demand, SLOTS),
                  SizingWords.name(promise.percentile()),
                  OptionalDouble.of(promise.seconds()),
                  need.isKept() ? need.replicas() : 0,
                  points(demand, need.replicas(), promise.percentile()),
                  List.of());
          return new RunSizing(curve, new SizingWords(demand, SLOTS, promise, need).why());
        });
  }

  /// The p99 by number of replicas, for a run without a promise.
  static Optional<RunSizing> of(RunRecord run) {
    return demand(run)
        .map(demand -> {
          int enough = ReplicaNeed.of(demand, shortest(demand), SLOTS, REPLICAS_MAX).replicas();
          var curve =
              new SizingCurve(
                  "p99 by number of replicas",
                  SizingWords.of(demand, SLOTS),
                  SizingWords.name(PERCENTILE),
                  OptionalDouble.empty(),
                  0,
                  points(demand, enough, PERCENTILE),
                  List.of());
          return new RunSizing(
              curve,
              "From %d %s on, waiting adds less than 5 %% to the p99 of the work."
                  .formatted(enough, enough == 1 ? "replica" : "replicas"));
        });
  }

  private static Optional<Demand> demand(RunRecord run) {
    return RecordedDemand.of(RequestTrace.of(run)).map(RecordedDemand::demand);
  }

  /// What no number of replicas keeps: then the need is the number beyond which more hardly help.
  private static Promise shortest(Demand demand) {
    return new Promise(PERCENTILE, demand.work().quantile(PERCENTILE / 100) / 2);
  }

  private static List<Point> points(Demand demand, int around, double percentile) {
    return IntStream.rangeClosed(Math.max(1, around - FEWER_SHOWN), around + MORE_SHOWN)
        .mapToObj(
            k -> new Point(k, PREDICTOR.predict(demand, k, SLOTS).percentileSeconds(percentile)))
        .filter(point -> Double.isFinite(point.seconds()))
        .toList();
  }
}
