package dev.weir.swarm.scale;

import dev.weir.scale.ServiceLoad;
import java.util.Map;
import java.util.Set;

/// The balancer whose services are scaled.
public interface ScaledServices {
  /// What it measures of each service, by name.
  Map<String, ServiceLoad> loads();

  /// The names of each service's replicas that accept connections, by the service's name.
  Map<String, Set<String>> ready();

  /// How it should treat requests while the service has no replica.
  ///
  /// @param holdSeconds how long a request may wait for the first one
  /// @param reason why none starts, in the swarm's words; empty if one may
  void cold(String service, double holdSeconds, String reason);
}
