package dev.weir.cli.engine;

import dev.weir.base.UserError;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.ClusterStore;
import dev.weir.swarm.engine.EngineAddress;
import java.nio.file.Path;
import java.util.List;

/// The clusters of this user, and the Engines of their managers.
public final class ClusterAccess {
  private ClusterAccess() {}

  /// The clusters of this user.
  public static ClusterStore store() {
    return ClusterStore.of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /// The Engines of a cluster's managers, over SSH with the cluster's own host keys.
  ///
  /// @param setting the option that named it, for messages
  /// @throws UserError if there is no such cluster, or it has no manager
  static List<EngineAddress> managers(ClusterStore store, String name, String setting) {
    ClusterRecord cluster = store.named(name, setting);
    Path knownHosts = store.knownHosts(name);
    List<EngineAddress> managers =
        cluster.managers().stream()
            .<EngineAddress>map(node -> new EngineAddress.Ssh(cluster.login(node, knownHosts)))
            .toList();
    if (managers.isEmpty()) {
      throw new UserError(
          "%s: %s (it has no manager yet; finish it: weir cluster up)".formatted(setting, name));
    }
    return managers;
  }
}
