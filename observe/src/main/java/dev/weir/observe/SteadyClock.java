package dev.weir.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// A time of day that never steps back: the time at the start plus the elapsed time, whatever
/// happens to the machine's clock.
///
/// It steps forward if the machine's clock is far ahead, as after a sleep, which elapsed time does
/// not count. An agent stamps its samples and its responses with the same clock, so that clients
/// can compare it with theirs.
public final class SteadyClock implements Supplier<Instant> {
  private static final Duration APART_MAX = Duration.ofSeconds(1);

  private Instant anchor = Instant.now();
  private long anchorNanos = System.nanoTime();

  @Override
  public synchronized Instant get() {
    long nowNanos = System.nanoTime();
    Instant steady = anchor.plusNanos(nowNanos - anchorNanos);
    Instant day = Instant.now();
    if (day.isAfter(steady.plus(APART_MAX))) {
      anchor = day;
      anchorNanos = nowNanos;
      return day;
    }
    return steady;
  }
}
