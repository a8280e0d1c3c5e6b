package dev.weir.arrivals;

import java.util.random.RandomGenerator;

/// Gamma gaps, given by mean and coefficient of variation: `cov` 1 is Poisson, below it
/// Erlang-like, above it bursty.
public record Gamma(double meanSeconds, double cov) implements GapLaw {
  public Gamma {
    Domain.POSITIVE.check(meanSeconds, "--mean");
    Domain.COV.check(cov, "--cov");
  }

  @Override
  public String describe() {
    return LawNames.law("gamma", "mean", meanSeconds, "cov", cov);
  }

  @Override
  public double scv() {
    return cov * cov;
  }

  @Override
  public double cdf(double seconds) {
    return seconds <= 0 ? 0 : SpecialFunctions.gammaP(shape(), seconds * shape() / meanSeconds);
  }

  @Override
  public GapSampler sampler(RandomGenerator random) {
    double shape = shape();
    double scale = meanSeconds / shape;
    if (shape >= 1) {
      return () -> scale * standard(shape, random);
    }
    return () -> scale * standard(shape + 1, random) * Math.exp(-random.nextExponential() / shape);
  }

  /// Marsaglia and Tsang, "A simple method for generating gamma variables" (2000), for shapes of at
  /// least 1; smaller ones are drawn one higher and multiplied by a power of a uniform.
  private static double standard(double shape, RandomGenerator random) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double root = 1 + c * x;
      if (root > 0) {
        double v = root * root * root;
        if (-random.nextExponential() < x * x / 2 + d * (1 - v + Math.log(v))) {
          return d * v;
        }
      }
    }
  }

  private double shape() {
    return 1 / (cov * cov);
  }
}
