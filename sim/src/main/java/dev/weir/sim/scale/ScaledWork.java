package dev.weir.sim.scale;

import dev.weir.scale.TwoMomentWork;
import dev.weir.scale.WorkLaw;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The usual law of a mean and a variability, with quantiles that are computed once for each
/// variability: a simulation asks for them millions of times. The variability counts in steps of a
/// twentieth.
final class ScaledWork implements WorkLaw {
  private static final double STEP = 0.05;
  private static final Map<Long, Unit> UNITS = new ConcurrentHashMap<>();

  private final double meanSeconds;
  private final Unit unit;

  ScaledWork(double meanSeconds, double scv) {
    this.meanSeconds = meanSeconds;
    this.unit = UNITS.computeIfAbsent(Math.round(scv / STEP), ScaledWork::unit);
  }

  private static Unit unit(long steps) {
    double scv = steps * 5 / 100.0;
    return new Unit(new TwoMomentWork(1, scv), new ConcurrentHashMap<>());
  }

  @Override
  public double meanSeconds() {
    return meanSeconds;
  }

  @Override
  public double scv() {
    return unit.law.scv();
  }

  @Override
  public double quantile(double p) {
    return meanSeconds * unit.quantiles.computeIfAbsent(p, unit.law::quantile);
  }

  @Override
  public double logMgf(double s) {
    return unit.law.logMgf(s * meanSeconds);
  }

  /// A law of mean 1, and its quantiles as far as they were asked for.
  private record Unit(TwoMomentWork law, Map<Double, Double> quantiles) {}
}
