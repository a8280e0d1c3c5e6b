package dev.weir.arrivals;

import java.util.random.RandomGenerator;

/// A mixture of two exponentials with balanced means: independent gaps, burstier than Poisson.
///
/// Balanced means that the many short gaps and the few long ones add up to the same time.
///
/// @param scv squared coefficient of variation, above 1
public record Hyperexponential(double meanSeconds, double scv) implements GapLaw {
  public Hyperexponential {
    Domain.POSITIVE.check(meanSeconds, "--mean");
    Domain.ABOVE_ONE.check(scv, "--scv");
  }

  @Override
  public String describe() {
    return LawNames.law("hyperexponential", "mean", meanSeconds, "scv", scv);
  }

  @Override
  public double cdf(double seconds) {
    double share = shortShare();
    return seconds <= 0
        ? 0
        : -share * Math.expm1(-2 * share * seconds / meanSeconds)
            - (1 - share) * Math.expm1(-2 * (1 - share) * seconds / meanSeconds);
  }

  @Override
  public GapSampler sampler(RandomGenerator random) {
    double share = shortShare();
    double shortMean = meanSeconds / (2 * share);
    double longMean = meanSeconds / (2 * (1 - share));
    return () -> (random.nextDouble() < share ? shortMean : longMean) * random.nextExponential();
  }

  private double shortShare() {
    return (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  }
}
