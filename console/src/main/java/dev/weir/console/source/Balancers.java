package dev.weir.console.source;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/// All balancers: those that the user named, and the running tasks of services with the label
/// `weir.admin`. A balancer that is found twice, as by name and as the one of this process, counts
/// once.
///
/// Not thread-safe, but for what the balancers themselves do.
final class Balancers {
  private static final int BALANCERS_MAX = 64;
  private static final long FORGOTTEN_MILLIS = 60_000;

  private final List<FollowedBalancer> named = new ArrayList<>();
  private final Map<String, Found> found = new LinkedHashMap<>();
  private final LongSupplier clock;

  /// @param pages where the named ones are, by name
  Balancers(Map<String, BalancerPages> pages, LongSupplier clock) {
    this.clock = clock;
    pages.forEach((name, of) -> named.add(new FollowedBalancer(name, of, clock)));
  }

  /// A balancer that the swarm runs.
  ///
  /// @param seenMillis when its task was last seen to run
  private record Found(FollowedBalancer balancer, long seenMillis) {}

  /// Follows the balancers among the tasks of a swarm, and leaves those whose task has gone some
  /// time ago.
  void follow(SwarmSeen swarm) {
    Map<String, ServiceSeen> services = swarm.servicesById();
    Map<String, NodeSeen> nodes = swarm.nodesById();
    long nowMillis = clock.getAsLong();
    for (TaskSeen task : swarm.tasks()) {
      ServiceSeen service = services.get(task.service());
      if (service == null || service.adminPort() == 0 || !task.isRunning()) {
        continue;
      }
      Found known = found.get(task.id());
      if (known != null) {
        found.put(task.id(), new Found(known.balancer, nowMillis));
      } else if (found.size() < BALANCERS_MAX) {
        var pages = new HttpPages(addresses(task, service.adminPort(), nodes));
        String name = SwarmSeen.name(task, services, nodes);
        found.put(task.id(), new Found(new FollowedBalancer(name, pages, clock), nowMillis));
      }
    }
    found.values().removeIf(one -> nowMillis - one.seenMillis >= FORGOTTEN_MILLIS);
  }

  private static List<URI> addresses(TaskSeen task, int port, Map<String, NodeSeen> nodes) {
    var all = new ArrayList<URI>();
    NodeSeen node = nodes.get(task.node());
    Integer published = task.hostPorts().get(port);
    if (published != null && node != null && !node.address().isEmpty()) {
      all.add(uri(node.address(), published));
    }
    task.addresses().forEach(address -> all.add(uri(address, port)));
    if (all.isEmpty() && node != null && !node.address().isEmpty()) {
      all.add(uri(node.address(), port)); // on its machine's own network
    }
    return all;
  }

  private static URI uri(String host, int port) {
    return URI.create(
        "http://%s:%d/".formatted(host.contains(":") ? "[" + host + "]" : host, port));
  }

  /// Asks all of them, without waiting.
  void ask() {
    followed().forEach(FollowedBalancer::ask);
  }

  /// What each said last, in a stable order.
  List<BalancerSeen> seen() {
    Set<String> instances = new HashSet<>();
    Set<String> names = new HashSet<>();
    var all = new ArrayList<BalancerSeen>();
    for (FollowedBalancer one : followed()) {
      BalancerSeen seen = one.seen();
      String instance = seen.status().instance();
      if ((instance.isEmpty() || instances.add(instance)) && names.add(seen.name())) {
        all.add(seen);
      }
    }
    return all;
  }

  /// The decisions that balancers had kept before they were reached.
  List<DecisionSeen> takeEarlier() {
    return followed().stream().flatMap(one -> one.takeEarlier().stream()).toList();
  }

  private List<FollowedBalancer> followed() {
    var all = new ArrayList<>(named);
    found.values().forEach(one -> all.add(one.balancer));
    return all;
  }
}
