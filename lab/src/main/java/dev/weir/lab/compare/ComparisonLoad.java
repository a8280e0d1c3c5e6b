package dev.weir.lab.compare;

import dev.weir.arrivals.GapLaw;
import dev.weir.base.Problems;
import java.time.Duration;
import java.util.Optional;

/// The load that every run of a comparison gets.
public interface ComparisonLoad {
  /// Length of each run.
  Duration duration();

  /// Whether the rate of arrivals is a share of what the replicas can serve.
  boolean needsCapacity();

  /// The law of arrivals for replicas of this capacity; absent, with the reason in `problems`, if
  /// there is none.
  ///
  /// @param capacityPerSecond NaN if it is unknown
  Optional<GapLaw> law(double capacityPerSecond, Problems problems);

  /// The law of what a request costs, if the user named it.
  Optional<String> workDist();

  /// The squared coefficient of variation of a hyperexponential cost.
  double workScv();
}
