package dev.weir.swarm.follow;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long a service may take over its responses, from its `weir.timeout.*` labels; empty for the
/// default.
///
/// @param response until it begins; 1 ms to 1 day
/// @param streamIdle between two bytes once it has begun; 1 ms to 1 day
/// @param request in all; zero for no bound, at most 1 day
public record ServiceTimeouts(
    Optional<Duration> response, Optional<Duration> streamIdle, Optional<Duration> request) {
  static final String RESPONSE = "weir.timeout.response";
  static final String STREAM_IDLE = "weir.timeout.stream-idle";
  static final String REQUEST = "weir.timeout.request";
  static final String EXPECTED = "a time from 1ms to 24h, as in 500ms, 90s, 5m or 1h";
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern FORM = Pattern.compile("([0-9]{1,8})(ms|s|m|h)");

  /// Reads one of them.
  ///
  /// @throws IllegalArgumentException with the expected form
  static Duration parse(String text, Duration least) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(EXPECTED);
    }
    long number = Long.parseLong(form.group(1));
    Duration time =
        switch (form.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        };
    if (time.compareTo(least) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(EXPECTED);
    }
    return time;
  }
}
