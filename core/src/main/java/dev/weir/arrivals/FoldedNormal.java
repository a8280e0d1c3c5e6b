package dev.weir.arrivals;

import java.util.random.RandomGenerator;

/// A normal law folded at zero: a negative gap loses its sign.
///
/// [#meanSeconds] and [#scv] are those of the folded gaps, not of the normal law asked for.
public record FoldedNormal(double muSeconds, double sigmaSeconds) implements GapLaw {
  public FoldedNormal {
    Domain.NOT_NEGATIVE.check(muSeconds, "--mu");
    Domain.SPREAD.check(sigmaSeconds, "--sigma");
  }

  @Override
  public String describe() {
    return LawNames.law("folded-normal", "mu", muSeconds, "sigma", sigmaSeconds);
  }

  @Override
  public double meanSeconds() {
    double z = muSeconds / sigmaSeconds;
    return 2 * sigmaSeconds * SpecialFunctions.normalDensity(z)
        + muSeconds * (1 - 2 * SpecialFunctions.normalCdf(-z));
  }

  @Override
  public double scv() {
    double mu = muSeconds / meanSeconds();
    double sigma = sigmaSeconds / meanSeconds();
    return mu * mu + sigma * sigma - 1;
  }

  @Override
  public double cdf(double seconds) {
    return seconds <= 0
        ? 0
        : SpecialFunctions.normalCdf((seconds - muSeconds) / sigmaSeconds)
            - SpecialFunctions.normalCdf((-seconds - muSeconds) / sigmaSeconds);
  }

  @Override
  public GapSampler sampler(RandomGenerator random) {
    return () -> Math.abs(muSeconds + sigmaSeconds * random.nextGaussian());
  }
}
