package dev.weir.sim.scale;

import dev.weir.scale.WorkLaw;

/// A law of work with all times multiplied, as a wrong measurement would have it.
///
/// @param law the true law
/// @param factor by which times are multiplied, > 0
record ScaledWork(WorkLaw law, double factor) implements WorkLaw {
  @Override
  public double meanSeconds() {
    return factor * law.meanSeconds();
  }

  @Override
  public double scv() {
    return law.scv();
  }

  @Override
  public double quantile(double p) {
    return factor * law.quantile(p);
  }

  @Override
  public double logMgf(double s) {
    return law.logMgf(factor * s);
  }
}
