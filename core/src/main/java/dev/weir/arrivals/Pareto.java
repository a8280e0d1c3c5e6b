package dev.weir.arrivals;

import java.util.random.RandomGenerator;

/// Pareto gaps: a heavy tail of power `shape`; up to 2 the variance is infinite.
public record Pareto(double meanSeconds, double shape) implements GapLaw {
  public Pareto {
    Domain.POSITIVE.check(meanSeconds, "--mean");
    Domain.ABOVE_ONE.check(shape, "--shape");
  }

  @Override
  public String describe() {
    return LawNames.law("pareto", "mean", meanSeconds, "shape", shape);
  }

  @Override
  public double scv() {
    return shape > 2 ? 1 / (shape * (shape - 2)) : Double.POSITIVE_INFINITY;
  }

  @Override
  public double cdf(double seconds) {
    return seconds <= minSeconds() ? 0 : -Math.expm1(-shape * Math.log(seconds / minSeconds()));
  }

  @Override
  public GapSampler sampler(RandomGenerator random) {
    double min = minSeconds();
    return () -> min * Math.exp(random.nextExponential() / shape);
  }

  /// The smallest possible gap.
  public double minSeconds() {
    return meanSeconds * (shape - 1) / shape;
  }
}
