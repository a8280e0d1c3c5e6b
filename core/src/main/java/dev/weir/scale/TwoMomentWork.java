package dev.weir.scale;

import dev.weir.arrivals.GapLaw;
import dev.weir.arrivals.Laws;
import dev.weir.base.Checks;

/// The usual law of a mean and a variability: constant, gamma below the variability of an
/// exponential, exponential, and above it two exponential phases with balanced means.
///
/// @param meanSeconds mean work, > 0
/// @param scv squared coefficient of variation, >= 0; below 0.0001 it counts as constant
public record TwoMomentWork(double meanSeconds, double scv) implements WorkLaw {
  private static final double CONSTANT_SCV_MAX = 1e-4;

  public TwoMomentWork {
    Checks.positive(meanSeconds, "mean work");
    Checks.notNegative(scv, "scv of work");
  }

  @Override
  public double quantile(double p) {
    if (isConstant()) {
      return meanSeconds;
    }
    if (p <= 0) {
      return 0;
    }
    if (scv == 1) {
      return -meanSeconds * Math.log1p(-p);
    }
    GapLaw law = Laws.withScv(meanSeconds, scv);
    double exceeding = Math.log1p(-p);
    return RootSearch.of(
        seconds -> exceeding - Math.log1p(-law.cdf(seconds)),
        meanSeconds,
        Double.POSITIVE_INFINITY);
  }

  @Override
  public double logMgf(double s) {
    if (isConstant()) {
      return s * meanSeconds;
    }
    return scv <= 1 ? gammaLogMgf(s * meanSeconds) : phasesLogMgf(s * meanSeconds);
  }

  private boolean isConstant() {
    return scv < CONSTANT_SCV_MAX;
  }

  private double gammaLogMgf(double means) {
    return means * scv >= 1 ? Double.POSITIVE_INFINITY : -Math.log1p(-means * scv) / scv;
  }

  private double phasesLogMgf(double means) {
    double share = TwoPhases.shortShare(scv);
    double shortRate = 2 * share;
    double longRate = 2 * (1 - share);
    return means >= longRate
        ? Double.POSITIVE_INFINITY
        : Math.log(
            share * shortRate / (shortRate - means) + (1 - share) * longRate / (longRate - means));
  }
}
