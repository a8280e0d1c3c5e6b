package dev.weir.arrivals;

import java.util.random.RandomGenerator;

/// Gaps that are all the same.
public record Constant(double meanSeconds) implements GapLaw {
  public Constant {
    Domain.POSITIVE.check(meanSeconds, "--mean");
  }

  @Override
  public String describe() {
    return LawNames.law("constant", "mean", meanSeconds);
  }

  @Override
  public double scv() {
    return 0;
  }

  @Override
  public double cdf(double seconds) {
    return seconds < meanSeconds ? 0 : 1;
  }

  @Override
  public GapSampler sampler(RandomGenerator random) {
    return () -> meanSeconds;
  }
}
