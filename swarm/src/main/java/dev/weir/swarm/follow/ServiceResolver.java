package dev.weir.swarm.follow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Turns a manager's data into services and replicas. It remembers each service's last good labels,
/// which replicas take requests, and which are about to leave.
///
/// Not thread-safe; no I/O, no clock.
final class ServiceResolver {
  /// How long a task that takes no more requests stays listed. Its requests finish even if they
  /// take longer.
  private static final long LEAVING_NANOS = 10_000_000_000L;

  /// A host name may have 64 letters and is a part of a replica's name, which may have 128.
  private static final int NODE_LETTERS_MAX = 40;

  private final FollowSettings settings;
  private final TaskAddressResolver resolver;
  private final Map<String, Followed> followed = new LinkedHashMap<>();
  private List<String> problems = List.of();
  private List<String> warnings = List.of();

  /// @param networks the ids of the networks shared with the services, the best first
  ServiceResolver(FollowSettings settings, List<String> networks) {
    this.settings = settings;
    this.resolver = new TaskAddressResolver(networks);
  }

  /// Errors in the services' labels, one line each.
  List<String> problems() {
    return problems;
  }

  /// What works in a surprising way, one line each.
  List<String> warnings() {
    return warnings;
  }

  /// Updates the services and their replicas from a manager's data.
  List<FollowedService> apply(SwarmView view, long nowNanos) {
    var wrong = new ArrayList<String>();
    var odd = new LinkedHashSet<String>();
    configure(view.services(), wrong, odd);
    Map<String, NodeView> nodes =
        view.nodes().stream().collect(Collectors.toMap(NodeView::id, node -> node, (a, _) -> a));
    Map<String, List<TaskView>> wanted =
        view.tasks().stream()
            .filter(TaskView::isDesired)
            .filter(task -> !isDown(nodes.get(task.nodeId())))
            .collect(Collectors.groupingBy(TaskView::serviceId));
    for (Followed one : followed.values()) {
      List<TaskView> own = wanted.getOrDefault(one.view.id(), List.of());
      List<TaskView> live = own.stream().filter(TaskView::isLive).toList();
      List<TaskView> coming = own.stream().filter(task -> !task.isLive()).toList();
      one.starting = coming.stream().map(one::name).sorted().toList();
      one.unplaced =
          coming.stream().filter(task -> task.nodeId().isEmpty()).map(one::name).sorted().toList();
      one.members(live, nodes, odd, nowNanos);
    }
    problems = List.copyOf(wrong);
    warnings = List.copyOf(odd);
    return followed.values().stream().map(Followed::service).toList();
  }

  private static boolean isDown(@Nullable NodeView node) {
    return node != null && node.isDown();
  }

  /*
   * Services that are already followed come first, so that a new one never takes a route away; then
   * the older before the younger.
   */
  private void configure(List<ServiceView> services, List<String> wrong, Set<String> odd) {
    List<ServiceView> wanted =
        services.stream()
            .filter(this::isWanted)
            .sorted(
                Comparator.comparing((ServiceView one) -> !followed.containsKey(one.name()))
                    .thenComparing(ServiceView::created)
                    .thenComparing(ServiceView::id))
            .toList();
    var owners = new HashMap<String, String>();
    var present = new HashSet<String>();
    for (ServiceView service : wanted) {
      int portDefault = settings.services().getOrDefault(service.name(), 0);
      odd.addAll(ServiceLabels.odd(service));
      Followed known = followed.get(service.name());
      Optional<ServiceLabels> labels =
          ServiceLabels.parse(service, portDefault, wrong)
              .filter(read -> areFree(read, service, owners, wrong))
              .or(() ->
                  Optional.ofNullable(known)
                      .map(before -> before.labels)
                      .filter(before -> areFree(before, service, owners, new ArrayList<>())));
      labels.ifPresent(now -> {
        now.routes().forEach(route -> owners.put(route, service.name()));
        present.add(service.name());
        followed
            .computeIfAbsent(service.name(), _ -> new Followed(service, now))
            .become(service, now);
      });
    }
    // A service that the user named is waited for; one found by its label is forgotten.
    followed
        .keySet()
        .removeIf(name -> !present.contains(name) && !settings.services().containsKey(name));
    followed.values().stream()
        .filter(one -> !present.contains(one.view.name()))
        .forEach(Followed::gone);
    settings.services().keySet().stream()
        .filter(name -> services.stream().noneMatch(one -> one.name().equals(name)))
        .map("service %s: there is none of that name; it is waited for"::formatted)
        .forEach(odd::add);
  }

  private boolean isWanted(ServiceView service) {
    return settings.followsLabels()
        ? service.labels().containsKey(ServiceLabels.PORT)
        : settings.services().containsKey(service.name());
  }

  private static boolean areFree(
      ServiceLabels labels, ServiceView service, Map<String, String> owners, List<String> wrong) {
    for (String route : labels.routes()) {
      String owner = owners.get(route);
      if (owner != null) {
        wrong.add(
            ("service %s: label weir.host: %s (expected: a host or a weir.path that service %s"
                    + " does not have)")
                .formatted(service.name(), route, owner));
        return false;
      }
    }
    return true;
  }

  /// A followed service, and what is remembered of it.
  private final class Followed {
    private final Map<String, Member> members = new LinkedHashMap<>();
    private ServiceView view;
    private ServiceLabels labels;
    private List<String> starting = List.of();
    private List<String> unplaced = List.of();
    private boolean isGone;

    Followed(ServiceView view, ServiceLabels labels) {
      this.view = view;
      this.labels = labels;
    }

    void become(ServiceView now, ServiceLabels said) {
      view = now;
      labels = said;
      isGone = false;
    }

    void gone() {
      isGone = true;
    }

    void members(
        List<TaskView> tasks, Map<String, NodeView> nodes, Set<String> odd, long nowNanos) {
      Map<String, Integer> onNode =
          tasks.stream().collect(Collectors.toMap(TaskView::nodeId, _ -> 1, Integer::sum));
      var seen = new HashSet<String>();
      for (TaskView task : isGone ? List.<TaskView>of() : tasks) {
        NodeView node = nodes.get(task.nodeId());
        Optional<TaskAddressResolver.Place> place =
            resolver.of(task, view, labels.port(), node, odd);
        place.ifPresent(at -> {
          seen.add(task.id());
          double cores = cores(task, node, onNode.getOrDefault(task.nodeId(), 1));
          members.put(task.id(), new Member(replica(task, node, at, cores), Member.LIVE));
        });
      }
      members.replaceAll((id, member) ->
          seen.contains(id) || member.isLeaving() ? member : member.leaving(nowNanos));
      members.values().removeIf(member -> member.isLongGone(nowNanos));
    }

    /// The first guess holds for the life of the task; what the balancer learned since is better.
    private double cores(TaskView task, @Nullable NodeView node, int onNode) {
      Member known = members.get(task.id());
      return known != null
          ? known.replica.cores()
          : view.cores(node == null ? 1 : node.cores(), onNode);
    }

    private FollowedReplica replica(
        TaskView task, @Nullable NodeView node, TaskAddressResolver.Place at, double cores) {
      return new FollowedReplica(name(task, node), at.host(), at.port(), cores, false);
    }

    /// The name of a task that may have no node yet.
    private String name(TaskView task) {
      return name(task, null);
    }

    private String name(TaskView task, @Nullable NodeView node) {
      String place =
          task.slot() > 0
              ? String.valueOf(task.slot())
              : node == null || node.name().isEmpty()
                  ? "node"
                  : node.name().substring(0, Math.min(NODE_LETTERS_MAX, node.name().length()));
      String id =
          "%s.%s.%s"
              .formatted(
                  view.name(), place, task.id().substring(0, Math.min(12, task.id().length())));
      return id.replaceAll("[^A-Za-z0-9._:-]", "_");
    }

    FollowedService service() {
      return new FollowedService(
          view.id(),
          view.name(),
          labels,
          view.size(),
          members.values().stream().map(Member::replica).toList(),
          starting,
          unplaced);
    }
  }

  /// A replica, and since when it is about to leave.
  private record Member(FollowedReplica replica, long leavingNanos) {
    static final long LIVE = Long.MIN_VALUE;

    boolean isLeaving() {
      return leavingNanos != LIVE;
    }

    Member leaving(long nowNanos) {
      return new Member(replica.leaving(), nowNanos);
    }

    boolean isLongGone(long nowNanos) {
      return isLeaving() && nowNanos - leavingNanos >= LEAVING_NANOS;
    }
  }
}
