package dev.weir.lab.local;

import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.ShapedLaw;
import dev.weir.base.NearestName;
import dev.weir.base.Problems;
import java.util.List;
import java.util.Locale;

/// What a request costs the sample app's replicas.
///
/// @param meanMillis of CPU, on average
/// @param dist its law: fixed, exponential or hyperexponential
/// @param scv the squared coefficient of variation; only a hyperexponential law uses it
public record LocalWork(double meanMillis, String dist, double scv) {
  /// The laws that the sample app knows.
  static final List<String> DISTS = List.of("fixed", "exponential", "hyperexponential");

  /// What the demo's requests cost.
  public static final LocalWork DEMO = new LocalWork(15, "exponential", 4);

  public LocalWork {
    var problems = new Problems();
    problems.check(
        meanMillis >= 0.1 && meanMillis <= 60_000, "--work-mean", meanMillis, "0.1ms to 60s");
    problems.check(
        DISTS.contains(dist),
        "--work-dist",
        dist,
        "one of " + String.join(", ", DISTS) + NearestName.hint(dist, DISTS));
    problems.check(scv > 1 && scv <= 1000, "--work-scv", scv, "> 1 and <= 1000");
    problems.throwIfAny("compare");
  }

  /// As options of the sample app.
  List<String> flags() {
    return List.of(
        "--work-millis=" + LocalPlan.number(meanMillis),
        "--work-dist=" + dist,
        "--work-scv=" + LocalPlan.number(scv));
  }

  /// As a law for the simulator, in seconds.
  public GapLaw law() {
    boolean hyper = dist.equals("hyperexponential");
    return ShapedLaw.of("--work-dist", dist, meanMillis / 1000, hyper ? scv : Double.NaN);
  }

  /// In words.
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%s ms of CPU on average, %s%s",
        LocalPlan.number(meanMillis),
        dist,
        dist.equals("hyperexponential") ? " (cs² " + LocalPlan.number(scv) + ")" : "");
  }
}
