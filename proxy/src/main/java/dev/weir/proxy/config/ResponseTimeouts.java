package dev.weir.proxy.config;

import dev.weir.base.Problems;
import java.time.Duration;

/// How long a service may take over its responses.
///
/// @param head for the first byte, from when the request was sent, or from its last byte
/// @param idle for the next byte of a response that has begun
/// @param total for all of it, from the request's head to the response's last byte; zero for no
///   bound
public record ResponseTimeouts(Duration head, Duration idle, Duration total) {
  private static final Duration LONGEST = Duration.ofDays(1);

  /// The defaults: a minute, five minutes, no bound.
  public static final ResponseTimeouts DEFAULTS =
      new ResponseTimeouts(Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ZERO);

  public ResponseTimeouts {
    var problems = new Problems();
    check(problems, "response-timeout", head, Duration.ofMillis(1), "1 ms to 1 day");
    check(problems, "stream-idle-timeout", idle, Duration.ofMillis(1), "1 ms to 1 day");
    check(problems, "request-timeout", total, Duration.ZERO, "0 s (none) to 1 day");
    problems.throwIfAny("timeouts");
  }

  private static void check(
      Problems problems, String name, Duration value, Duration least, String expected) {
    problems.check(
        value.compareTo(least) >= 0 && value.compareTo(LONGEST) <= 0, name, value, expected);
  }

  /// Whether a request that has taken this long must be given up.
  public boolean isOver(long tookNanos) {
    return !total.isZero() && tookNanos > total.toNanos();
  }
}
