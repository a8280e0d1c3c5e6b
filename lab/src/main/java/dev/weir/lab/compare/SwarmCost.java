package dev.weir.lab.compare;

import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.ShapedLaw;
import dev.weir.lab.record.CpuCost;
import dev.weir.lab.record.ServiceTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a request costs a service of a swarm, as measured before a comparison.
///
/// Under load it costs more than by itself, and with a CPU limit it takes less time by itself than
/// its share of the limit: so its CPU time under load counts where that could be measured, and the
/// time it takes by itself only says how much that varies.
///
/// @param alone how long it takes by itself
/// @param cpu how much CPU it costs while all replicas work; absent if their containers could not
///   be sampled
record SwarmCost(ServiceTime alone, Optional<CpuCost> cpu) {
  /// The law of the seconds that it takes a core.
  ///
  /// @param dist the law's name, if the user said it
  /// @param scv of a hyperexponential one
  GapLaw law(Optional<String> dist, double scv) {
    double meanSeconds = cpu.map(cost -> cost.millis() / 1000).orElse(alone.meanSeconds());
    return dist.map(name ->
            ShapedLaw.of(
                "--work-dist",
                name,
                meanSeconds,
                name.equals("hyperexponential") ? scv : Double.NaN))
        .orElseGet(() -> alone.law(meanSeconds));
  }

  /// How many requests a second so many cores can do; NaN if the CPU they cost is not known.
  double perSecond(double cores) {
    return cpu.map(cost -> cores * 1000 / cost.millis()).orElse(Double.NaN);
  }

  /// How fast each replica is next to the average of all; empty if that is not known.
  List<Double> speeds() {
    return cpu.map(cost ->
            cost.millisByReplica().values().stream().map(own -> cost.millis() / own).toList())
        .orElse(List.of());
  }

  /// Such as `17.9 ms of CPU under load (17.2 to 18.3 by replica); S = 44 ms, ... by itself`.
  String describe() {
    return cpu.map(cost -> describe(cost) + "; by itself " + alone.describe())
        .orElseGet(() -> "by itself " + alone.describe());
  }

  private static String describe(CpuCost cost) {
    var each = cost.millisByReplica().values().stream().mapToDouble(x -> x).summaryStatistics();
    String spread =
        each.getCount() < 2
            ? ""
            : String.format(
                Locale.ROOT, " (%.1f to %.1f by replica)", each.getMin(), each.getMax());
    return String.format(Locale.ROOT, "%.1f ms of CPU under load%s", cost.millis(), spread);
  }
}
