package dev.weir.cluster.form;

import dev.weir.cluster.host.Membership;
import dev.weir.cluster.host.Parallel;
import dev.weir.cluster.host.Parallel.Outcome;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.nodes.SwarmMembership;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Ends a swarm: workers leave, then managers. Engines, images and volumes stay.
public final class Dissolution {
  private final ClusterAccess access;
  private final Consumer<String> note;

  /// @param note takes a line for each machine that has left
  public Dissolution(ClusterAccess access, Consumer<String> note) {
    this.access = access;
    this.note = note;
  }

  /// Ends it.
  ///
  /// @return the machines that may still be nodes, and why
  public Map<NodeRecord, String> run() {
    Map<NodeRecord, String> left = new LinkedHashMap<>(access.unreachable());
    List<NodeRecord> members = access.members();
    List<NodeRecord> workers = members.stream().filter(node -> !isManager(node)).toList();
    for (var outcome : Parallel.each(workers, this::leave)) {
      noted(outcome, left);
    }
    for (NodeRecord manager : members.stream().filter(this::isManager).toList()) {
      Parallel.each(List.of(manager), this::leave).forEach(outcome -> noted(outcome, left));
    }
    return left;
  }

  private boolean isManager(NodeRecord node) {
    return access.membership(node).map(Membership::manager).orElse(false);
  }

  private NodeRecord leave(NodeRecord node) throws FormException {
    Optional<Engine> engine = access.engine(node);
    if (engine.isEmpty()) {
      throw new FormException(
          access.unreachable().getOrDefault(node, "its engine does not respond"));
    }
    new SwarmMembership(engine.get()).leave(true);
    return node;
  }

  private void noted(Outcome<NodeRecord, NodeRecord> outcome, Map<NodeRecord, String> left) {
    switch (outcome) {
      case Outcome.Done<NodeRecord, NodeRecord>(var node, _) ->
          note.accept("%s has left the swarm".formatted(node.name()));
      case Outcome.Failed<NodeRecord, NodeRecord>(var node, var why) ->
          left.put(node, String.valueOf(why.getMessage()));
    }
  }
}
