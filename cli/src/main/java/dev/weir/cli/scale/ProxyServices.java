package dev.weir.cli.scale;

import dev.weir.balance.BalancerStatus.ReplicaStatus;
import dev.weir.proxy.ProxyServer;
import dev.weir.proxy.service.ServiceStatus;
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
  public Map<String, Set<String>> ready() {
    return server.statuses().stream()
        .collect(Collectors.toMap(ServiceStatus::name, ProxyServices::ready));
  }

  private static Set<String> ready(ServiceStatus service) {
    return service.balancer().replicas().stream()
        .filter(ReplicaStatus::isActive)
        .map(ReplicaStatus::id)
        .collect(Collectors.toSet());
  }

  @Override
  public void cold(String service, double holdSeconds, String reason) {
    server.cold(service, holdSeconds, reason);
  }
}
