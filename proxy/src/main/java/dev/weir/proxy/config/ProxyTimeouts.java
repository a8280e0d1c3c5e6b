package dev.weir.proxy.config;

import dev.weir.base.Problems;
import java.time.Duration;

/// How long the proxy waits.
///
/// @param connect for a replica to accept a connection
/// @param responses for a replica's response, unless its service overrides it
/// @param head for a request's head to be complete, from its first byte
/// @param body for a request's next byte, once it is wanted
/// @param idle for a kept connection's next request
/// @param poolIdle before an unused connection to a replica is closed: shorter than any replica's
///   own limit, or a request may meet a connection as it closes
/// @param poolAge before a connection to a replica is not used again
/// @param tunnel for a byte in either direction after an upgrade
/// @param grace for requests in flight to end when the proxy stops
public record ProxyTimeouts(
    Duration connect,
    ResponseTimeouts responses,
    Duration head,
    Duration body,
    Duration idle,
    Duration poolIdle,
    Duration poolAge,
    Duration tunnel,
    Duration grace) {
  private static final Duration LONGEST = Duration.ofDays(1);

  /// The defaults.
  public static final ProxyTimeouts DEFAULTS =
      new ProxyTimeouts(
          Duration.ofMillis(200),
          ResponseTimeouts.DEFAULTS,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(4),
          Duration.ofMinutes(5),
          Duration.ofHours(1),
          Duration.ofSeconds(30));

  public ProxyTimeouts {
    var problems = new Problems();
    check(problems, "connect-timeout", connect);
    check(problems, "head-timeout", head);
    check(problems, "body-timeout", body);
    check(problems, "idle-timeout", idle);
    check(problems, "pool-idle", poolIdle);
    check(problems, "pool-age", poolAge);
    check(problems, "tunnel-timeout", tunnel);
    problems.check(
        !grace.isNegative() && grace.compareTo(LONGEST) <= 0, "grace", grace, "0 s to 1 day");
    problems.throwIfAny("timeouts");
  }

  private static void check(Problems problems, String name, Duration value) {
    problems.check(
        value.compareTo(Duration.ofMillis(1)) >= 0 && value.compareTo(LONGEST) <= 0,
        name,
        value,
        "1 ms to 1 day");
  }

  /// The same with another time for a replica to accept a connection.
  public ProxyTimeouts withConnect(Duration value) {
    return new ProxyTimeouts(value, responses, head, body, idle, poolIdle, poolAge, tunnel, grace);
  }

  /// The same with other times for a replica's response.
  public ProxyTimeouts with(ResponseTimeouts value) {
    return new ProxyTimeouts(connect, value, head, body, idle, poolIdle, poolAge, tunnel, grace);
  }

  /// The same with another time for a request's head.
  public ProxyTimeouts withHead(Duration value) {
    return new ProxyTimeouts(
        connect, responses, value, body, idle, poolIdle, poolAge, tunnel, grace);
  }

  /// The same with another grace period.
  public ProxyTimeouts withGrace(Duration value) {
    return new ProxyTimeouts(
        connect, responses, head, body, idle, poolIdle, poolAge, tunnel, value);
  }
}
