package dev.weir.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// The time of day at the start, and what elapsed since: it never steps back, whatever is done to
/// the machine's clock.
///
/// It steps forward if the machine's clock is far ahead, as after a sleep, which elapsed time
/// leaves out. An agent stamps its samples and its responses with one such clock, so that its
/// clients see how far it is from theirs.
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
