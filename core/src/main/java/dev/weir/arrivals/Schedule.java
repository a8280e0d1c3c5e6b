package dev.weir.arrivals;

import dev.weir.base.Checks;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/// When each request of a run is due. The whole schedule is drawn before the first request is sent,
/// so that no response can move a later request (an open loop).
public final class Schedule {
  /// The most arrivals of one schedule: 160 MB of due times.
  public static final int COUNT_MAX = 20_000_000;

  private final GapLaw law;
  private final long seed;
  private final boolean conditioned;
  private final long spanNanos;
  private final long[] dueNanos;

  private Schedule(GapLaw law, long seed, boolean conditioned, long spanNanos, long[] dueNanos) {
    this.law = law;
    this.seed = seed;
    this.conditioned = conditioned;
    this.spanNanos = spanNanos;
    this.dueNanos = dueNanos;
  }

  /// Exactly `count` arrivals; the span ends with the last of them.
  public static Schedule ofCount(GapLaw law, int count, long seed) {
    checkCount(count);
    long[] due = draw(law, count, Long.MAX_VALUE, seed);
    Checks.check(
        due.length == count,
        "--iter",
        count,
        "arrivals within 292 years; %s makes %d".formatted(law.describe(), due.length));
    return new Schedule(law, seed, false, due[count - 1], due);
  }

  /// All arrivals due within `duration`; may be empty.
  public static Schedule ofDuration(GapLaw law, Duration duration, long seed) {
    Checks.check(duration.isPositive(), "--duration", duration, "> 0");
    checkFits(duration, seconds(duration) * law.ratePerSecond());
    long[] due = draw(law, COUNT_MAX + 1, duration.toNanos(), seed);
    checkFits(duration, due.length);
    return new Schedule(law, seed, false, duration.toNanos(), due);
  }

  /// A Poisson process, given that exactly `count` arrivals fall into the span `count / lambda`:
  /// they are independent and uniform there. Rate and count are both exact.
  public static Schedule conditioned(Poisson law, int count, long seed) {
    checkCount(count);
    double spanNanos = count / law.lambdaPerSecond() * 1e9;
    Checks.check(
        spanNanos < Long.MAX_VALUE, "--lambda", law.lambdaPerSecond(), "a span below 292 years");
    var random = new SplittableRandom(seed);
    long[] due = new long[count];
    for (int i = 0; i < count; i++) {
      due[i] = (long) (random.nextDouble() * spanNanos);
    }
    Arrays.sort(due);
    return new Schedule(law, seed, true, Math.round(spanNanos), due);
  }

  /// How many arrivals there are.
  public int size() {
    return dueNanos.length;
  }

  /// When arrival `index` is due, in nanoseconds since the start; never decreasing.
  public long dueNanos(int index) {
    return dueNanos[index];
  }

  /// The law it was drawn from.
  public GapLaw law() {
    return law;
  }

  /// The seed that draws it again.
  public long seed() {
    return seed;
  }

  /// The stretch of time it covers: the duration asked for, or up to the last arrival.
  public long spanNanos() {
    return spanNanos;
  }

  /// Arrivals per second as drawn, which scatters about the law's rate; NaN if it covers no time.
  public double scheduledPerSecond() {
    return spanNanos == 0 ? Double.NaN : dueNanos.length * 1e9 / spanNanos;
  }

  /// One line that says how to draw it again, such as `poisson(lambda=4), 30 arrivals, seed 7`.
  public String describe() {
    return "%s%s, %d arrivals, seed %d"
        .formatted(law.describe(), conditioned ? " conditioned" : "", dueNanos.length, seed);
  }

  private static long[] draw(GapLaw law, int countMax, long endNanos, long seed) {
    GapSampler gaps = law.sampler(new SplittableRandom(seed));
    long[] due = new long[Math.min(countMax, 1024)];
    double seconds = gaps.nextSeconds();
    int count = 0;
    while (count < countMax && seconds * 1e9 <= endNanos) {
      if (count == due.length) {
        due = Arrays.copyOf(due, Math.min(countMax, count * 2));
      }
      due[count++] = Math.round(seconds * 1e9);
      seconds += gaps.nextSeconds();
    }
    return Arrays.copyOf(due, count);
  }

  private static void checkCount(int count) {
    Checks.check(count >= 1 && count <= COUNT_MAX, "--iter", count, "1 to " + COUNT_MAX);
  }

  private static void checkFits(Duration duration, double count) {
    Checks.check(
        count <= COUNT_MAX,
        "--duration",
        duration,
        "at most %d arrivals; this makes %.0f: shorten it or lower the rate"
            .formatted(COUNT_MAX, count));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
