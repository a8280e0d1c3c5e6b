package dev.weir.swarm.follow;

import dev.weir.base.Problems;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which services to follow, and how.
///
/// @param services the names of the services, each with its port for lack of the label weir.port, 0
///   for none; empty to follow every service with that label
/// @param networks the names of networks shared with the services; empty for the networks of this
///   program's container
/// @param pollInterval how often to ask for tasks; empty for the interval that loses no request
public record FollowSettings(
    Map<String, Integer> services, List<String> networks, Optional<Duration> pollInterval) {
  private static final int SERVICES_MAX = 1000;

  public FollowSettings {
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    networks = List.copyOf(networks);
    var problems = new Problems();
    problems.check(services.size() <= SERVICES_MAX, "--service", services.size(), "<= 1000 times");
    services.forEach((name, port) -> {
      problems.check(
          name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}"), "--service", name, "a service's name");
      problems.check(port >= 0 && port <= 0xffff, "--service", name + ":" + port, "1 to 65535");
    });
    pollInterval.ifPresent(interval ->
        problems.check(
            interval.compareTo(Duration.ofMillis(10)) >= 0
                && interval.compareTo(Duration.ofHours(1)) <= 0,
            "--poll-interval",
            interval,
            "10 ms to 1 hour"));
    problems.throwIfAny("follow");
  }

  /// Whether every service with the label weir.port is followed.
  boolean followsLabels() {
    return services.isEmpty();
  }
}
