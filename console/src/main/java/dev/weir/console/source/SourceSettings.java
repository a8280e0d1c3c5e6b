package dev.weir.console.source;

import dev.weir.swarm.engine.EngineAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a console reads.
///
/// @param managers the managers of the swarm, asked in turn if they fail; none without a swarm
/// @param balancers the pages of balancers, by the name that is shown; those of a swarm are found
///   besides, by the label `weir.admin`
/// @param usage what containers use
/// @param writes whether the page may change services
/// @param version Weir's version
public record SourceSettings(
    List<EngineAddress> managers,
    Map<String, BalancerPages> balancers,
    UsageSource usage,
    boolean writes,
    String version) {
  public SourceSettings {
    managers = List.copyOf(managers);
    balancers = new LinkedHashMap<>(balancers);
  }

  /// The pages of a balancer's admin port.
  public static BalancerPages at(URI address) {
    return new HttpPages(List.of(address));
  }
}
