package dev.weir.cli.cluster;

import dev.weir.cluster.ec2.Ec2Exception;
import dev.weir.cluster.ec2.Leaving;
import dev.weir.cluster.form.ClusterAccess;
import dev.weir.cluster.form.FormException;
import dev.weir.cluster.form.NodeRemoval;
import dev.weir.cluster.host.Waits;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.ClusterStore;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.swarm.engine.EngineException;
import dev.weir.term.Terminal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes workers on EC2 out of the swarm before their machines end.
final class Ec2Leaving implements Leaving {
  private final ClusterStore store;
  private final String cluster;
  private final Terminal terminal;
  private final Map<String, String> addresses = new HashMap<>();

  Ec2Leaving(ClusterStore store, String cluster, Terminal terminal) {
    this.store = store;
    this.cluster = cluster;
    this.terminal = terminal;
  }

  /// Remembers which machine has which address: a swarm's nodes are named by their hosts.
  void learn(List<NodeRecord> machines) {
    machines.forEach(machine -> addresses.put(machine.name(), machine.advertise()));
  }

  @Override
  public void leave(String node) throws Ec2Exception {
    ClusterRecord known =
        store
            .find(cluster)
            .orElseThrow(() ->
                new Ec2Exception(
                    "%s: not written down on this machine, so %s cannot leave the swarm"
                            .formatted(cluster, node)
                        + " (expected: weir cluster up here before)"));
    Optional<NodeRecord> member =
        known.nodes().stream()
            .filter(one -> one.advertise().equals(addresses.get(node)))
            .filter(one -> one.nodeId().isPresent())
            .findFirst();
    if (member.isPresent()) {
      removed(known, member.get());
    }
  }

  private void removed(ClusterRecord known, NodeRecord member) throws Ec2Exception {
    try (ClusterAccess access = ClusterAccess.of(known, store.knownHosts(cluster))) {
      new NodeRemoval(
              access.manager(Optional.of(member)),
              access.engine(member),
              false,
              Waits.REAL,
              terminal::report)
          .run(member.nodeId().orElse(""));
    } catch (FormException | EngineException e) {
      throw new Ec2Exception(String.valueOf(e.getMessage()), e);
    }
    store.write(known.without(member.name()));
  }
}
