package dev.weir.sim.scale;

import java.util.ArrayDeque;

/// Kubernetes' HorizontalPodAutoscaler at 70 % of the CPU, with its defaults: every 15 s, changes
/// below 10 % are ignored, and a fall must last for 300 s.
///
/// Not thread-safe.
public final class CpuRule implements AutoscaleRule {
  /// The share of its CPU that a replica should use.
  public static final double TARGET = 0.7;

  /// How often it decides.
  public static final double SYNC_SECONDS = 15;

  private static final double TOLERANCE = 0.1;
  private static final double STABLE_SECONDS = 300;

  private final int slots;
  private final ArrayDeque<Recommended> recent = new ArrayDeque<>();
  private double busyBefore;
  private double before;
  private double utilisation = Double.NaN;

  /// @param slots how much a replica can be busy at once: its slots, or 1 if its whole CPU counts
  ///   as one
  public CpuRule(int slots) {
    this.slots = slots;
  }

  @Override
  public double tickSeconds() {
    return SYNC_SECONDS;
  }

  @Override
  public int replicas(ScaleView view) {
    return replicas(view.nowSeconds(), view.busySeconds(), view.ready(), view.desired());
  }

  /// How many replicas there should be.
  ///
  /// @param nowSeconds the instant, since the start
  /// @param busySeconds how long all slots together were busy since the start
  /// @param ready replicas that take requests
  /// @param desired replicas asked for
  public int replicas(double nowSeconds, double busySeconds, int ready, int desired) {
    utilisation = (busySeconds - busyBefore) / (nowSeconds - before) / (ready * slots);
    busyBefore = busySeconds;
    before = nowSeconds;
    int wanted = wanted(ready, desired);
    recent.removeIf(one -> nowSeconds - one.atSeconds > STABLE_SECONDS);
    recent.add(new Recommended(wanted, nowSeconds));
    int stable = recent.stream().mapToInt(Recommended::replicas).max().orElse(wanted);
    return wanted >= desired ? wanted : Math.min(desired, stable);
  }

  private int wanted(int ready, int desired) {
    double ratio = utilisation / TARGET;
    boolean isKept = ready == 0 || Math.abs(ratio - 1) <= TOLERANCE;
    return isKept ? desired : (int) Math.ceil(ratio * ready - 1e-9);
  }

  /// The part of the ready replicas' CPU that was used until the last decision; NaN before the
  /// first.
  public double utilisation() {
    return utilisation;
  }

  /// A number that was asked for, and when.
  private record Recommended(int replicas, double atSeconds) {}
}
