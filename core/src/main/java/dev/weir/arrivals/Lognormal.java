package dev.weir.arrivals;

import java.util.random.RandomGenerator;

/// Gaps with a normal logarithm, given by their own mean and coefficient of variation.
public record Lognormal(double meanSeconds, double cov) implements GapLaw {
  public Lognormal {
    Domain.POSITIVE.check(meanSeconds, "--mean");
    Domain.COV.check(cov, "--cov");
  }

  @Override
  public String describe() {
    return LawNames.law("lognormal", "mean", meanSeconds, "cov", cov);
  }

  @Override
  public double scv() {
    return cov * cov;
  }

  @Override
  public double cdf(double seconds) {
    return seconds <= 0 ? 0 : SpecialFunctions.normalCdf((Math.log(seconds) - mu()) / sigma());
  }

  @Override
  public GapSampler sampler(RandomGenerator random) {
    double mu = mu();
    double sigma = sigma();
    return () -> Math.exp(mu + sigma * random.nextGaussian());
  }

  private double mu() {
    return Math.log(meanSeconds) - sigma() * sigma() / 2;
  }

  private double sigma() {
    return Math.sqrt(Math.log1p(cov * cov));
  }
}
