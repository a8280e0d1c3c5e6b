package dev.weir.sim;

import dev.weir.base.Checks;

/// A queue with several equal slots that serves first come, first served: some ten nanoseconds a
/// request, against a microsecond in a [Simulation], which plays replicas and a balancer too.
public final class FirstComeQueue {
  /*
   * Kiefer and Wolfowitz, "On the theory of queues with many servers" (1955): a request takes the
   * slot that is free first. The instants at which slots become free are a binary heap.
   */
  private final double[] freeSeconds;
  private double nowSeconds;

  /// @param slots requests that are worked on at once: >= 1
  public FirstComeQueue(int slots) {
    freeSeconds = new double[Checks.atLeast(1, slots, "slots")];
  }

  /// The response time in seconds of the next request, which arrives `gapSeconds` after the last
  /// one.
  public double respond(double gapSeconds, double workSeconds) {
    nowSeconds += gapSeconds;
    double endSeconds = Math.max(nowSeconds, freeSeconds[0]) + workSeconds;
    replaceFirst(endSeconds);
    return endSeconds - nowSeconds;
  }

  private void replaceFirst(double value) {
    int at = 0;
    int child = 1;
    while (child < freeSeconds.length) {
      int other = child + 1;
      if (other < freeSeconds.length && freeSeconds[other] < freeSeconds[child]) {
        child = other;
      }
      if (freeSeconds[child] >= value) {
        break;
      }
      freeSeconds[at] = freeSeconds[child];
      at = child;
      child = 2 * at + 1;
    }
    freeSeconds[at] = value;
  }
}
