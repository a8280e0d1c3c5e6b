package dev.weir.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.base.UserError;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.ClusterStore;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.cluster.record.NodeRecord.Role;
import dev.weir.ssh.SshAddress;
import dev.weir.swarm.engine.EngineAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Engines that `--cluster` names.
final class ClusterAccessTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit injects it
  Path home;

  private static NodeRecord node(String name, Role role) {
    return new NodeRecord(
        name, role, SshAddress.parse("admin@" + name, "host"), "10.0.0.4", Optional.empty());
  }

  private ClusterStore store(NodeRecord... nodes) {
    var store = new ClusterStore(home);
    store.write(
        new ClusterRecord(
            "demo",
            ClusterRecord.Provider.SSH,
            List.of(nodes),
            Optional.of(Path.of("/keys/demo")),
            Map.of()));
    return store;
  }

  @Test
  void managersAreAskedInOrderWithTheClustersOwnKeys() {
    ClusterStore store =
        store(node("a", Role.MANAGER), node("b", Role.WORKER), node("c", Role.MANAGER));
    List<EngineAddress> managers = ClusterAccess.managers(store, "demo", "--cluster");
    assertThat(managers)
        .map(EngineAddress::toString)
        .containsExactly("ssh://admin@a", "ssh://admin@c");
    assertThat(managers.getFirst())
        .isInstanceOfSatisfying(
            EngineAddress.Ssh.class,
            ssh -> {
              assertThat(ssh.login().key()).contains(Path.of("/keys/demo"));
              assertThat(ssh.login().knownHosts()).contains(store.knownHosts("demo"));
            });
  }

  @Test
  void aClusterWithoutManagersIsUnfinished() {
    ClusterStore store = store(node("b", Role.WORKER));
    assertThatThrownBy(() -> ClusterAccess.managers(store, "demo", "--cluster"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("weir cluster up");
  }
}
