package dev.weir.arrivals;

import java.util.random.RandomGenerator;

/// Weibull gaps: a `shape` below 1 is bursty with a stretched tail, 1 is Poisson, above it regular.
public record Weibull(double meanSeconds, double shape) implements GapLaw {
  public Weibull {
    Domain.POSITIVE.check(meanSeconds, "--mean");
    Domain.WEIBULL_SHAPE.check(shape, "--shape");
  }

  @Override
  public String describe() {
    return LawNames.law("weibull", "mean", meanSeconds, "shape", shape);
  }

  @Override
  public double scv() {
    double log = SpecialFunctions.logGamma(1 + 2 / shape);
    return Math.expm1(log - 2 * SpecialFunctions.logGamma(1 + 1 / shape));
  }

  @Override
  public double cdf(double seconds) {
    return seconds <= 0 ? 0 : -Math.expm1(-Math.pow(seconds / scaleSeconds(), shape));
  }

  @Override
  public GapSampler sampler(RandomGenerator random) {
    double scale = scaleSeconds();
    return () -> scale * Math.pow(random.nextExponential(), 1 / shape);
  }

  private double scaleSeconds() {
    return meanSeconds / Math.exp(SpecialFunctions.logGamma(1 + 1 / shape));
  }
}
