package dev.weir.cli.size;

import dev.weir.arrivals.GapSampler;
import dev.weir.arrivals.Laws;
import dev.weir.run.RequestTrace;
import dev.weir.scale.Demand;
import dev.weir.scale.Prediction;
import dev.weir.scale.Predictor;
import dev.weir.scale.Promise;
import dev.weir.scale.ReplicaNeed;
import dev.weir.scale.TwoMomentWork;
import dev.weir.sim.LatencyFigures;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Numbers of replicas with what each gives.
///
/// @param subject what is sized
/// @param promise what is to be kept
/// @param need the least number that does
/// @param rows in order of the number of replicas
record Sizing(SizingSubject subject, Promise promise, ReplicaNeed need, List<Row> rows) {
  private static final Predictor PREDICTOR = new Predictor();
  private static final long SEED = 1;
  private static final int FEWER_SHOWN = 2;
  private static final int MORE_SHOWN = 3;

  /// Sizes a subject.
  ///
  /// @param max the most replicas to think of
  /// @param isReplayed whether to replay the recorded requests with each number
  static Sizing of(SizingSubject subject, Promise promise, int max, boolean isReplayed) {
    Demand demand = subject.demand();
    ReplicaNeed need = ReplicaNeed.of(demand, promise, subject.slots(), max);
    var numbers = new TreeSet<Integer>();
    int least = need.replicas();
    for (int k = Math.max(1, least - FEWER_SHOWN); k <= least + MORE_SHOWN; k++) {
      numbers.add(k);
    }
    if (subject.current() > 0) {
      numbers.add(subject.current());
    }
    return new Sizing(
        subject, promise, need, numbers.stream().map(k -> row(subject, k, isReplayed)).toList());
  }

  private static Row row(SizingSubject subject, int replicas, boolean isReplayed) {
    Prediction prediction = PREDICTOR.predict(subject.demand(), replicas, subject.slots());
    return new Row(
        replicas,
        prediction,
        isReplayed
            ? subject.trace().map(trace -> replay(trace, subject, replicas))
            : Optional.empty());
  }

  /// With the rate and the work of the demand, which may have been given by hand. Work that was is
  /// drawn, the same for every number of replicas.
  private static LatencyFigures replay(RequestTrace trace, SizingSubject subject, int replicas) {
    Demand demand = subject.demand();
    Optional<GapSampler> drawn =
        demand.work() instanceof TwoMomentWork(double mean, double scv)
            ? Optional.of(Laws.withScv(mean, scv).sampler(new SplittableRandom(SEED)))
            : Optional.empty();
    double gapFactor = trace.ratePerSecond() / demand.ratePerSecond();
    return Replay.of(trace, replicas * subject.slots(), gapFactor, drawn);
  }

  /// One number of replicas.
  ///
  /// @param replicas how many
  /// @param prediction what they are predicted to give
  /// @param replayed what they give when the recorded requests are replayed
  record Row(int replicas, Prediction prediction, Optional<LatencyFigures> replayed) {}
}
