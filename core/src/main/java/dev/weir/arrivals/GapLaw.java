package dev.weir.arrivals;

import java.util.random.RandomGenerator;

/// The law that the gaps between arrivals follow.
///
/// Every sampler is exact and draws only from the generator it was given, so the same seed always
/// gives the same gaps. [Laws] makes a law from a name and parameters.
public sealed interface GapLaw
    permits Constant,
        FoldedNormal,
        Gamma,
        Hyperexponential,
        Lognormal,
        Mmpp,
        Pareto,
        Poisson,
        Trace,
        TruncatedNormal,
        Uniform,
        Weibull {
  /// The law with its parameters as the user named them, such as `poisson(lambda=4)`.
  String describe();

  /// Mean gap in seconds, after truncation or folding where the law has any; infinite if it does
  /// not exist.
  double meanSeconds();

  /// Squared coefficient of variation of the gaps; infinite if it does not exist.
  double scv();

  /// Probability that a gap is at most `seconds`, in `[0, 1]`.
  double cdf(double seconds);

  /// A fresh process that draws from `random` alone.
  GapSampler sampler(RandomGenerator random);

  /// Arrivals per second in the long run.
  default double ratePerSecond() {
    return 1 / meanSeconds();
  }
}
