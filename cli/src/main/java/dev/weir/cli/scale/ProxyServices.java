package dev.weir.cli.scale;

import dev.weir.balance.BalancerStatus.ReplicaStatus;
import dev.weir.proxy.ProxyServer;
import dev.weir.scale.ServiceLoad;
import dev.weir.swarm.scale.ScaledServices;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The services of this process's proxy, for autoscaling.
///
/// @param server the proxy
record ProxyServices(ProxyServer server) implements ScaledServices {
  @Override
  public Map<String, ServiceLoad> loads() {
    return server.loads();
  }

  @Override
  public Set<String> ready(String service) {
    return server.statuses().stream()
        .filter(one -> one.name().equals(service))
        .flatMap(one -> one.balancer().replicas().stream())
        .filter(ReplicaStatus::isActive)
        .map(ReplicaStatus::id)
        .collect(Collectors.toSet());
  }

  @Override
  public void cold(String service, double holdSeconds, String reason) {
    server.cold(service, holdSeconds, reason);
  }
}
