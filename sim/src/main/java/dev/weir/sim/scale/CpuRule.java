package dev.weir.sim.scale;

import java.util.ArrayDeque;

/// Kubernetes' HorizontalPodAutoscaler at 70 % of the CPU, with its defaults: every 15 s, changes
/// below 10 % are ignored, and a fall must last for 300 s.
final class CpuRule implements AutoscaleRule {
  private static final double TARGET = 0.7;
  private static final double TOLERANCE = 0.1;
  private static final double STABLE_SECONDS = 300;
  private static final double SYNC_SECONDS = 15;

  private final int slots;
  private final ArrayDeque<Recommended> recent = new ArrayDeque<>();
  private double busyBefore;
  private double before;

  CpuRule(int slots) {
    this.slots = slots;
  }

  @Override
  public double tickSeconds() {
    return SYNC_SECONDS;
  }

  @Override
  public int replicas(ScaleView view) {
    double busy = (view.busySeconds() - busyBefore) / (view.nowSeconds() - before);
    busyBefore = view.busySeconds();
    before = view.nowSeconds();
    double ratio = busy / (view.ready() * slots) / TARGET;
    int wanted =
        Math.abs(ratio - 1) <= TOLERANCE
            ? view.desired()
            : (int) Math.ceil(ratio * view.ready() - 1e-9);
    recent.removeIf(one -> view.nowSeconds() - one.atSeconds > STABLE_SECONDS);
    recent.add(new Recommended(wanted, view.nowSeconds()));
    int stable = recent.stream().mapToInt(Recommended::replicas).max().orElse(wanted);
    return wanted >= view.desired() ? wanted : Math.min(view.desired(), stable);
  }

  /// A number that was asked for, and when.
  private record Recommended(int replicas, double atSeconds) {}
}
