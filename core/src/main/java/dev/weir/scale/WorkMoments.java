package dev.weir.scale;

import dev.weir.arrivals.SlidingMoments;
import java.util.Optional;

/// The mean, variability and distribution of a service's work per request, over all its replicas.
///
/// Not safe for use by several threads at once: its owner's lock guards it.
public final class WorkMoments {
  /*
   * Variability is taken of work relative to the replica's own mean; otherwise a fast and a slow
   * replica with constant times would look variable.
   *
   * The mean of three thousand requests scatters by 1.3 % for exponential work, and by 2.6 % if cs²
   * is 4. Near the capacity a queue multiplies that error by 1/(1 - rho). A prediction therefore
   * rests on the mean of the minute over which the rate is measured, so that the load is the one
   * that really came, if that minute has more requests and the recent ones do not differ from it by
   * more than chance explains.
   */
  private static final double KEEP = 1 - 1 / 3000.0;
  private static final double ENOUGH = 100;

  /*
   * A slow service gives a hundred responses in minutes, and its queue grows meanwhile. So a few
   * responses count as well, if they came over some seconds: the very first ones are slow, because
   * code is compiled and connections are made.
   */
  private static final long FEW = 10;
  private static final long FEW_NANOS = 10_000_000_000L;

  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final long MINUTE_ENOUGH = 3000;
  private static final double CHANGE_ERRORS = 2.5;

  /// As many equally weighted requests have a mean that scatters as much as the fading one.
  private static final double FADING_SAMPLES = 6000;

  /// From so many on, a histogram shows the tail better than two moments do.
  private static final long SHAPE_ENOUGH = 1000;

  private final WorkHistogram histogram = new WorkHistogram();
  private final SlidingMoments minute = new SlidingMoments(MINUTE_NANOS);
  private long firstNanos;
  private double weight;
  private double sumNanos;
  private double relativeSum;
  private double relativeSquares;

  /// Notes the work of a request.
  ///
  /// @param workNanos how long it took a slot that it had to itself, >= 0
  /// @param replicaMeanNanos the mean work at the same replica; NaN if unknown
  /// @param nowNanos when it ended, of one monotonic clock
  public void note(double workNanos, double replicaMeanNanos, long nowNanos) {
    double relative = replicaMeanNanos > 0 ? workNanos / replicaMeanNanos : 1;
    if (weight == 0) {
      firstNanos = nowNanos;
    }
    histogram.note(workNanos / 1e9);
    minute.note(workNanos, nowNanos);
    weight = weight * KEEP + 1;
    sumNanos = sumNanos * KEEP + workNanos;
    relativeSum = relativeSum * KEEP + relative;
    relativeSquares = relativeSquares * KEEP + relative * relative;
  }

  /// Mean work in nanoseconds, of which about the last three thousand requests count most; NaN
  /// until the first response.
  public double meanNanos() {
    return weight > 0 ? sumNanos / weight : Double.NaN;
  }

  /// Mean work in nanoseconds over the last minute if that is steadier and nothing has changed, or
  /// else as [#meanNanos]; NaN until the first response.
  public double steadyMeanNanos(long nowNanos) {
    double recent = meanNanos();
    if (minute.count(nowNanos) < MINUTE_ENOUGH) {
      return recent;
    }
    double steady = minute.mean(nowNanos);
    double chance = steady * Math.sqrt(minute.scv(nowNanos) / FADING_SAMPLES);
    return Math.abs(recent - steady) <= CHANGE_ERRORS * chance ? steady : recent;
  }

  /// The squared coefficient of variation; NaN until there are enough samples.
  public double scv() {
    if (weight < ENOUGH || relativeSum == 0) {
      return Double.NaN;
    }
    double mean = relativeSum / weight;
    return Math.max(0, relativeSquares / weight / (mean * mean) - 1);
  }

  /// The law of the work as far as it is known: measured, or by its two moments while there are few
  /// samples; empty until there are enough for those.
  public Optional<WorkLaw> law(long nowNanos) {
    double scv = scv();
    if (Double.isNaN(scv) || sumNanos <= 0) {
      return Optional.empty();
    }
    double meanSeconds = steadyMeanNanos(nowNanos) / 1e9;
    return Optional.of(
        histogram.noted() < SHAPE_ENOUGH
            ? new TwoMomentWork(meanSeconds, scv)
            : histogram.law(meanSeconds));
  }

  /// As [#law], and from ten responses over ten seconds a cautious guess: two moments, the mean
  /// higher by its standard error, the variability drawn towards that of exponential work.
  public Optional<WorkLaw> earlyLaw(long nowNanos) {
    boolean isEarly =
        histogram.noted() >= FEW
            && weight < ENOUGH
            && sumNanos > 0
            && nowNanos - firstNanos >= FEW_NANOS;
    return isEarly ? Optional.of(guess()) : law(nowNanos);
  }

  private WorkLaw guess() {
    double mean = relativeSum / weight;
    double measured = Math.max(0, relativeSquares / weight / (mean * mean) - 1);
    double scv = (measured * weight + ENOUGH - weight) / ENOUGH;
    return new TwoMomentWork(meanNanos() / 1e9 * (1 + Math.sqrt(scv / weight)), scv);
  }
}
