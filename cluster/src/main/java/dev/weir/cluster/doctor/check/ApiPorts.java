package dev.weir.cluster.doctor.check;

import java.util.Set;

/// Ports that Docker uses.
final class ApiPorts {
  /// The Engine's API without TLS.
  static final int PLAIN = 2375;

  /// Where an Engine listens as a member of a swarm.
  static final Set<Integer> OF_SWARM = Set.of(2377, 7946);

  private ApiPorts() {}
}
