package dev.weir.lab.compare;

import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.ShapedLaw;
import dev.weir.lab.record.CpuCost;
import dev.weir.lab.record.ServiceTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a request costs a service of a swarm, measured before a comparison.
///
/// Under load, a request costs more than by itself; with a CPU limit, a request by itself may take
/// less time than its share of the limit. So the CPU time under load gives the mean, where it could
/// be measured, and the times of single requests give only the variation.
///
/// @param alone how long it takes by itself
/// @param cpu how much CPU it costs while all replicas work; absent if their containers could not
///   be sampled
public record SwarmCost(ServiceTime alone, Optional<CpuCost> cpu) {
  /// The law of the seconds that a request takes one core.
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

  /// Requests per second that this number of cores can serve; NaN if their CPU time is unknown.
  public double perSecond(double cores) {
    return cpu.map(cost -> cores * 1000 / cost.millis()).orElse(Double.NaN);
  }

  /// The speed of each replica as a multiple of the average; empty if unknown.
  List<Double> speeds() {
    return cpu.map(cost ->
            cost.millisByReplica().values().stream().map(own -> cost.millis() / own).toList())
        .orElse(List.of());
  }

  /// Such as `17.9 ms of CPU under load (17.2 to 18.3 by replica); S = 44 ms, ... by itself`.
  public String describe() {
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
