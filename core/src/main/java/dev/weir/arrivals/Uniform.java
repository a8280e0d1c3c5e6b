package dev.weir.arrivals;

import dev.weir.base.Checks;
import java.util.random.RandomGenerator;

/// Gaps anywhere between two bounds, all equally likely.
public record Uniform(double minSeconds, double maxSeconds) implements GapLaw {
  public Uniform {
    Domain.NOT_NEGATIVE.check(minSeconds, "--min");
    Domain.POSITIVE.check(maxSeconds, "--max");
    Checks.check(
        maxSeconds > minSeconds, "--max", maxSeconds, "> --min " + LawNames.plain(minSeconds));
  }

  @Override
  public String describe() {
    return LawNames.law("uniform", "min", minSeconds, "max", maxSeconds);
  }

  @Override
  public double meanSeconds() {
    return (minSeconds + maxSeconds) / 2;
  }

  @Override
  public double scv() {
    double spread = (maxSeconds - minSeconds) / meanSeconds();
    return spread * spread / 12;
  }

  @Override
  public double cdf(double seconds) {
    return Math.clamp((seconds - minSeconds) / (maxSeconds - minSeconds), 0.0, 1.0);
  }

  @Override
  public GapSampler sampler(RandomGenerator random) {
    return () -> minSeconds + (maxSeconds - minSeconds) * random.nextDouble();
  }
}
