package dev.weir.lab.sampling;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Which containers are sampled, by which source and how often.
public interface SamplingSettings {
  /// Where samples come from.
  enum Source {
    /// The best that each node has: agent, cAdvisor, and on the engine's own node Docker.
    AUTO,

    /// The agents of `weir monitor start`.
    AGENT,

    /// cAdvisor.
    CADVISOR,

    /// The statistics of the one engine that is asked.
    DOCKER,

    /// Nothing is sampled.
    NONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The source that is asked.
  Source source();

  /// From one reading of a container to the next.
  ///
  /// @throws IllegalArgumentException if it is out of range
  Duration cadence();

  /// The cAdvisors that the user named; with any, no swarm is asked for nodes.
  ///
  /// @throws dev.weir.base.UserError if one of them is not an address
  List<URI> cadvisors();

  /// How agents are reached.
  SwarmAgents.Via via();

  /// The credentials for the agents of a swarm.
  ///
  /// @param swarm its id
  MonitorCredentials credentials(String swarm);
}
