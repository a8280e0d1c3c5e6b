package dev.weir.arrivals;

import java.util.random.RandomGenerator;

/// A normal law cut off at zero: a negative gap is drawn again.
///
/// [#meanSeconds] and [#scv] are those of the gaps that remain, so they differ from the parameters:
/// the mean is above `muSeconds`.
public record TruncatedNormal(double muSeconds, double sigmaSeconds) implements GapLaw {
  public TruncatedNormal {
    Domain.NOT_NEGATIVE.check(muSeconds, "--mu");
    Domain.SPREAD.check(sigmaSeconds, "--sigma");
  }

  @Override
  public String describe() {
    return LawNames.law("normal", "mu", muSeconds, "sigma", sigmaSeconds);
  }

  @Override
  public double meanSeconds() {
    return muSeconds + sigmaSeconds * hazardAtZero();
  }

  @Override
  public double scv() {
    double hazard = hazardAtZero();
    double cut = -muSeconds / sigmaSeconds;
    double relative = sigmaSeconds / meanSeconds();
    return relative * relative * (1 + cut * hazard - hazard * hazard);
  }

  @Override
  public double cdf(double seconds) {
    if (seconds <= 0) {
      return 0;
    }
    double lost = SpecialFunctions.normalCdf(-muSeconds / sigmaSeconds);
    double below = SpecialFunctions.normalCdf((seconds - muSeconds) / sigmaSeconds);
    return Math.clamp((below - lost) / (1 - lost), 0.0, 1.0);
  }

  /// Rejection: since `muSeconds` is not negative, at least every other draw is kept.
  @Override
  public GapSampler sampler(RandomGenerator random) {
    return () -> {
      double gap;
      do {
        gap = muSeconds + sigmaSeconds * random.nextGaussian();
      } while (gap < 0);
      return gap;
    };
  }

  private double hazardAtZero() {
    double cut = -muSeconds / sigmaSeconds;
    return SpecialFunctions.normalDensity(cut) / SpecialFunctions.normalCdf(-cut);
  }
}
