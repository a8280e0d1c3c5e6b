package dev.weir.cli.cluster;

import dev.weir.cluster.ec2.Plan;
import dev.weir.cluster.record.ClusterStore;
import dev.weir.term.FigureText;
import java.util.concurrent.atomic.AtomicBoolean;

/// Has another number of workers: more are made and join, or some leave and end.
final class Ec2Scale {
  private final ClusterStore store;
  private final String cluster;
  private final Ec2Place place;
  private final ClusterForming.Mode mode;

  Ec2Scale(ClusterStore store, String cluster, Ec2Place place, ClusterForming.Mode mode) {
    this.store = store;
    this.cluster = cluster;
    this.place = place;
    this.mode = mode;
  }

  /// Goes all the way, and returns the exit code.
  ///
  /// @param user account on new machines
  int run(int workers, Ec2Leaving leaving, String user) {
    var fewer = new AtomicBoolean();
    var up = new Ec2Up(cluster, store, place, user, mode);
    var change = new Ec2Change(cluster, store, place, mode);
    return change
        .run(
            machines -> {
              Plan plan = machines.planScale(workers);
              fewer.set(plan.destroys());
              return plan;
            },
            (machines, plan, watcher) -> {
              leaving.learn(machines.nodes(user));
              machines.execute(plan, leaving, watcher);
              if (!plan.destroys()) {
                up.reach(machines, watcher);
              }
            })
        .orElseGet(() ->
            fewer.get() ? change.ended("has " + FigureText.count(workers, "worker")) : up.form());
  }
}
