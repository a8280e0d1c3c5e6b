package dev.weir.sim.scale;

import java.util.ArrayDeque;

/// Knative's pod autoscaler with its defaults: every 2 s, by the requests in the system over 60 s,
/// or over 6 s in panic, which begins when these ask for twice as many as are ready.
final class KpaRule implements AutoscaleRule {
  /*
   * After knative/serving, pkg/autoscaler/scaling/autoscaler.go. Requests that wait at the activator
   * or in the queue-proxy count as concurrency. The bound on the rate of scaling up (1000) never
   * binds here; that of scaling down is a half at a time.
   */
  private static final double TICK_SECONDS = 2;
  private static final int STABLE_TICKS = 30;
  private static final int PANIC_TICKS = 3;
  private static final double PANIC_RATIO = 2;
  private static final double TARGET = 0.7;
  private static final double DOWN_RATIO = 2;

  private final double target;
  private final ArrayDeque<Double> inSystem = new ArrayDeque<>();
  private double panicSince = Double.NEGATIVE_INFINITY;
  private int panicReplicas;

  KpaRule(int slots) {
    this.target = TARGET * slots;
    inSystem.add(0.0);
  }

  @Override
  public double tickSeconds() {
    return TICK_SECONDS;
  }

  @Override
  public int replicas(ScaleView view) {
    inSystem.addFirst(view.inSystemSeconds());
    if (inSystem.size() > STABLE_TICKS + 1) {
      inSystem.removeLast();
    }
    int ready = Math.max(1, view.ready());
    int least = (int) Math.floor(ready / DOWN_RATIO);
    int quick = (int) Math.ceil(concurrency(PANIC_TICKS) / target);
    int stable = Math.max(least, (int) Math.ceil(concurrency(STABLE_TICKS) / target));
    if ((double) quick / ready >= PANIC_RATIO) {
      panicSince = view.nowSeconds();
    } else if (view.nowSeconds() - panicSince > STABLE_TICKS * TICK_SECONDS) {
      panicReplicas = 0;
      return stable;
    }
    panicReplicas = Math.max(panicReplicas, Math.max(stable, Math.max(least, quick)));
    return panicReplicas;
  }

  private double concurrency(int ticks) {
    int known = Math.min(ticks, inSystem.size() - 1);
    double then = inSystem.stream().skip(known).findFirst().orElse(0.0);
    return (inSystem.getFirst() - then) / (known * TICK_SECONDS);
  }
}
