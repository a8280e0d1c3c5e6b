package dev.weir.arrivals;

import java.util.random.RandomGenerator;

/// A Poisson process: exponential gaps, independent of one another.
///
/// @param lambdaPerSecond arrivals per second
public record Poisson(double lambdaPerSecond) implements GapLaw {
  public Poisson {
    Domain.POSITIVE.check(lambdaPerSecond, "--lambda");
  }

  @Override
  public String describe() {
    return LawNames.law("poisson", "lambda", lambdaPerSecond);
  }

  @Override
  public double meanSeconds() {
    return 1 / lambdaPerSecond;
  }

  @Override
  public double scv() {
    return 1;
  }

  @Override
  public double cdf(double seconds) {
    return seconds <= 0 ? 0 : -Math.expm1(-lambdaPerSecond * seconds);
  }

  @Override
  public GapSampler sampler(RandomGenerator random) {
    return () -> random.nextExponential() / lambdaPerSecond;
  }
}
