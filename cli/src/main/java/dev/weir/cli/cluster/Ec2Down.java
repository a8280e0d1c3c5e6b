package dev.weir.cli.cluster;

import dev.weir.cluster.ec2.Ec2Cluster;
import dev.weir.cluster.record.ClusterStore;

/// Removes a cluster from EC2, by its tags alone, and what this machine keeps of it.
final class Ec2Down {
  private final String cluster;
  private final ClusterStore store;
  private final Ec2Change change;

  Ec2Down(String cluster, ClusterStore store, Ec2Place place, ClusterForming.Mode mode) {
    this.cluster = cluster;
    this.store = store;
    this.change = new Ec2Change(cluster, store, place, mode);
  }

  /// Removes it, and returns the exit code.
  int run() {
    return change
        .run(
            Ec2Cluster::planDown,
            (machines, plan, watcher) -> machines.execute(plan, Ec2Change.NOBODY, watcher))
        .orElseGet(() -> {
          store.remove(cluster);
          return change.ended("is gone: nothing on EC2 has its tag");
        });
  }
}
