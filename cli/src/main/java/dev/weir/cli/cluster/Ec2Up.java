package dev.weir.cli.cluster;

import dev.weir.cli.option.ExitCode;
import dev.weir.cluster.ec2.Ec2Cluster;
import dev.weir.cluster.ec2.Ec2Exception;
import dev.weir.cluster.form.ClusterOrder;
import dev.weir.cluster.form.Formation;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.ClusterStore;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.ssh.SshLogin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes machines on EC2, waits until they can be reached, and makes a swarm of them.
final class Ec2Up {
  static final String USER = "ec2-user";

  private final String cluster;
  private final ClusterStore store;
  private final Ec2Place place;
  private final String user;
  private final ClusterForming.Mode mode;
  private List<NodeRecord> nodes = List.of();
  private Optional<Path> key = Optional.empty();
  private String region = "";

  /// @param user who logs in to the machines
  Ec2Up(String cluster, ClusterStore store, Ec2Place place, String user, ClusterForming.Mode mode) {
    this.cluster = cluster;
    this.store = store;
    this.place = place;
    this.user = user;
    this.mode = mode;
  }

  /// Goes all the way, and returns the exit code.
  int run(Ec2Change.Planning planning) {
    return new Ec2Change(cluster, store, place, mode)
        .run(
            planning,
            (machines, plan, watcher) -> {
              machines.execute(plan, Ec2Change.NOBODY, watcher);
              reach(machines, watcher);
            })
        .orElseGet(this::form);
  }

  void reach(Ec2Cluster machines, Ec2Watcher watcher) throws Ec2Exception {
    nodes = machines.nodes(user);
    key = Optional.of(machines.keyFile());
    region = machines.region();
    watcher.note("waits until SSH reaches all machines");
    machines.reach(nodes, watcher);
  }

  int form() {
    Optional<ClusterRecord> known = store.find(cluster);
    ClusterRecord record =
        new ClusterRecord(
            cluster,
            ClusterRecord.Provider.EC2,
            known.map(ClusterRecord::nodes).orElse(List.of()),
            key,
            known.map(ClusterRecord::settings).orElse(Map.of()));
    record = record.withSetting(Ec2Place.REGION, region);
    ClusterOrder order =
        new ClusterOrder(
            cluster,
            nodes.stream().map(this::ordered).toList(),
            Optional.ofNullable(record.settings().get(Formation.SWARM)));
    // The user has agreed to the plan, and the machines are there for nothing else.
    int exit =
        new ClusterForming(store, record, new ClusterForming.Mode(false, true, mode.json()))
            .run(order);
    if (exit != ExitCode.OK) {
      costs();
    }
    return exit;
  }

  private ClusterOrder.Node ordered(NodeRecord node) {
    var login = new SshLogin(node.address(), key, Optional.of(store.knownHosts(cluster)));
    return new ClusterOrder.Node(login, node.role(), Optional.of(node.advertise()), Map.of());
  }

  private void costs() {
    new Ec2Change(cluster, store, place, mode).leftovers();
  }
}
