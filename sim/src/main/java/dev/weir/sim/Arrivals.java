package dev.weir.sim;

import dev.weir.arrivals.GapSampler;

/// The arrivals of a run, one after the other, at a rate that may change.
final class Arrivals {
  private final GapSampler gaps;
  private final int requests;
  private double factor = 1;
  private double nextSeconds;
  private int taken;

  Arrivals(GapSampler gaps, int requests) {
    this.gaps = gaps;
    this.requests = requests;
    this.nextSeconds = gaps.nextSeconds();
  }

  /// When the next request arrives; never if all have.
  long nextNanos() {
    return taken < requests ? Math.round(nextSeconds * 1e9) : Long.MAX_VALUE;
  }

  /// Takes the next arrival: its number, from 0.
  int take() {
    nextSeconds += gaps.nextSeconds() / factor;
    return taken++;
  }

  /// From now on requests arrive `newFactor` times as fast as the law says, including the current
  /// gap.
  void rate(double newFactor, long nowNanos) {
    double nowSeconds = nowNanos / 1e9;
    nextSeconds = nowSeconds + Math.max(0, nextSeconds - nowSeconds) * factor / newFactor;
    factor = newFactor;
  }
}
