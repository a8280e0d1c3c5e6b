package dev.weir.cluster.form;

import dev.weir.cluster.host.Host;
import dev.weir.cluster.host.HostFacts;
import dev.weir.cluster.host.Membership;
import dev.weir.cluster.host.Parallel;
import dev.weir.cluster.host.Parallel.Outcome;
import dev.weir.cluster.host.SshHost;
import dev.weir.cluster.host.Waits;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.ssh.SshException;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The machines of a cluster that is written down, logged in to as far as they respond.
public final class ClusterAccess implements AutoCloseable {
  private final ClusterRecord cluster;
  private final Map<NodeRecord, Reached> reached = new LinkedHashMap<>();
  private final Map<NodeRecord, String> unreachable = new LinkedHashMap<>();
  private final Engines engines = new Engines(Waits.REAL);

  /// A machine that responds.
  private record Reached(Host host, HostFacts facts) {}

  private ClusterAccess(ClusterRecord cluster) {
    this.cluster = cluster;
  }

  /// Logs in to all machines at once.
  ///
  /// @param knownHosts the cluster's own file of host keys
  public static ClusterAccess of(ClusterRecord cluster, Path knownHosts) {
    var access = new ClusterAccess(cluster);
    var outcomes =
        Parallel.each(
            cluster.nodes(),
            node -> {
              Host host = SshHost.open(cluster.login(node, knownHosts));
              return new Reached(host, HostFacts.of(host));
            });
    for (var outcome : outcomes) {
      switch (outcome) {
        case Outcome.Done<NodeRecord, Reached>(var node, var there) ->
            access.reached.put(node, there);
        case Outcome.Failed<NodeRecord, Reached>(var node, var why) ->
            access.unreachable.put(node, String.valueOf(why.getMessage()));
      }
    }
    return access;
  }

  /// The machines that do not respond, and why.
  public Map<NodeRecord, String> unreachable() {
    return Map.copyOf(unreachable);
  }

  /// The machines that are in this cluster's swarm, as far as they respond.
  public List<NodeRecord> members() {
    return reached.keySet().stream().filter(node -> membership(node).isPresent()).toList();
  }

  /// A machine's place in this cluster's swarm; empty if it is in none, or in another.
  public Optional<Membership> membership(NodeRecord node) {
    Optional<String> ours = Optional.ofNullable(cluster.settings().get(Formation.SWARM));
    return Optional.ofNullable(reached.get(node))
        .flatMap(there -> there.facts().membership())
        .filter(member -> ours.isEmpty() || ours.get().equals(member.swarmId()));
  }

  /// The engine of a machine; empty if it does not respond.
  public Optional<Engine> engine(NodeRecord node) {
    Reached there = reached.get(node);
    if (there == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(engines.of(there.host()));
    } catch (SshException | EngineException e) {
      unreachable.put(node, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /// The engine of a manager that decides.
  ///
  /// @param last a machine that is asked only if no other manager responds
  /// @throws FormException if there is none, with what each said
  public Engine manager(Optional<NodeRecord> last) throws FormException {
    var said = new ArrayList<String>();
    List<NodeRecord> managers =
        members().stream()
            .filter(node -> membership(node).map(Membership::manager).orElse(false))
            .sorted(Comparator.comparing(node -> last.equals(Optional.of(node))))
            .toList();
    for (NodeRecord node : managers) {
      Optional<Engine> engine = engine(node);
      if (engine.isPresent()) {
        try {
          SwarmView _ = SwarmView.of(engine.get());
          return engine.get();
        } catch (EngineException e) {
          said.add(node.name() + ": " + e.getMessage());
        }
      }
    }
    unreachable.forEach((node, why) -> said.add(node.name() + ": " + why));
    throw new FormException(
        "%s: no manager responds%s"
            .formatted(
                cluster.name(),
                said.isEmpty()
                    ? " (make the swarm: weir cluster up)"
                    : "\n  " + String.join("\n  ", said)));
  }

  @Override
  public void close() {
    engines.close();
    Parallel.each(
        List.copyOf(reached.values()),
        there -> {
          there.host().close();
          return there;
        });
  }
}
