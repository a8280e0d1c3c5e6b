package dev.weir.cluster.doctor.fact;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Everything that is known of a swarm at one moment.
///
/// @param at when
/// @param engine what a manager says
/// @param engineFailure why no Engine could be asked; empty if one could
/// @param members its machines
/// @param probes which ports nodes reach of one another
/// @param apis which ports of nodes were asked for an Engine
/// @param outside what the surroundings let through; empty if they are not known
/// @param outsideFailure why they are not known
public record Facts(
    Instant at,
    Optional<EngineFacts> engine,
    String engineFailure,
    List<Member> members,
    List<PortProbe> probes,
    List<ApiProbe> apis,
    Optional<List<OpenPort>> outside,
    String outsideFailure) {
  /// Copies the lists.
  public Facts {
    members = List.copyOf(members);
    probes = List.copyOf(probes);
    apis = List.copyOf(apis);
    outside = outside.map(List::copyOf);
  }

  /// Facts of one Engine and some machines, without connections between them.
  public static Facts of(
      Instant at, Optional<EngineFacts> engine, String engineFailure, List<HostFacts> hosts) {
    return new Facts(
        at,
        engine,
        engineFailure,
        Members.of(engine, hosts),
        List.of(),
        List.of(),
        Optional.empty(),
        "no security group is known (--cluster of a cluster on EC2)");
  }

  /// The same with connections.
  public Facts with(List<PortProbe> morePorts, List<ApiProbe> moreApis) {
    return new Facts(
        at, engine, engineFailure, members, morePorts, moreApis, outside, outsideFailure);
  }

  /// The same with what the surroundings let through.
  public Facts withOutside(Optional<List<OpenPort>> ports, String failure) {
    return new Facts(at, engine, engineFailure, members, probes, apis, ports, failure);
  }

  /// The port for the traffic of overlay networks.
  public int dataPort() {
    int port = engine.map(facts -> facts.cluster().path("DataPathPort").asInt(0)).orElse(0);
    return port == 0 ? 4789 : port;
  }
}
