package dev.weir.cluster.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.base.UserError;
import dev.weir.cluster.record.NodeRecord.Role;
import dev.weir.ssh.SshAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Records in files, and locks between changes.
final class ClusterStoreTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit injects it
  Path home;

  private static ClusterRecord demo() {
    return new ClusterRecord(
        "demo",
        ClusterRecord.Provider.SSH,
        List.of(
            new NodeRecord(
                "demo-1",
                Role.MANAGER,
                SshAddress.parse("admin@10.0.0.4", "host"),
                "10.0.0.4",
                Optional.of("abc")),
            new NodeRecord(
                "demo-2",
                Role.WORKER,
                SshAddress.parse("admin@10.0.0.5:2222", "host"),
                "10.0.0.5",
                Optional.empty())),
        Optional.of(Path.of("/home/me/.ssh/demo")),
        Map.of("region", "eu-west-1"));
  }

  private Path written(String text) throws IOException {
    var store = new ClusterStore(home);
    store.write(demo());
    return Files.writeString(store.folder("demo").resolve("cluster.json"), text);
  }

  @Test
  void whatIsWrittenIsFoundAgain() {
    var store = new ClusterStore(home.resolve("deep/home"));
    assertThat(store.find("demo")).isEmpty();
    assertThat(store.names()).isEmpty();
    store.write(demo());
    assertThat(store.find("demo")).contains(demo());
    ClusterRecord changed = demo().without("demo-2").withSetting("region", "us-east-1");
    store.write(changed);
    assertThat(store.find("demo")).contains(changed);
    assertThat(store.names()).containsExactly("demo");
    store.remove("demo");
    assertThat(store.find("demo")).isEmpty();
    store.remove("demo");
  }

  @Test
  void onlyTheOwnerCanRead() throws IOException {
    var store = new ClusterStore(home.resolve("new"));
    store.write(demo());
    Path folder = store.folder("demo");
    assertThat(Files.getPosixFilePermissions(folder))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getPosixFilePermissions(home.resolve("new")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("cluster.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aBrokenFileGivesOneLine() throws IOException {
    Path file = written("{ \"version\": 1,\n \"name\":");
    assertThatThrownBy(() -> new ClusterStore(home).find("demo"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": not readable as a cluster: no JSON: ")
        .hasMessageContaining("weir cluster up")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() throws IOException {
    written(
        """
        {"version": 1, "name": "other", "provider": "gce", "nodes": [
          {"name": "a", "role": "boss", "address": "-oX", "advertise": 4}]}
        """);
    assertThatThrownBy(() -> new ClusterStore(home).find("demo"))
        .hasMessageContaining("name: \"other\" (expected: \"demo\")")
        .hasMessageContaining("provider: \"gce\" (expected: ssh or ec2)")
        .hasMessageContaining("nodes[0].role: \"boss\" (expected: manager or worker)")
        .hasMessageContaining("nodes[0].address: -oX")
        .hasMessageContaining("nodes[0].advertise: 4 (expected: a text)");
  }

  @Test
  void fieldsOfANewerVersionAreRefused() throws IOException {
    String text = Files.readString(written("x").resolveSibling("cluster.json"));
    assertThat(text).isEqualTo("x");
    written(
        "{\"version\": 1, \"name\": \"demo\", \"provider\": \"ssh\", \"nodes\": [], \"zone\": 1}");
    assertThatThrownBy(() -> new ClusterStore(home).find("demo"))
        .hasMessageContaining("zone: unknown field (did a newer Weir write it?");
  }

  @Test
  void secretsAreNotWritten() {
    ClusterRecord leaky = demo().withSetting("token", "SWMTKN-1-abc");
    assertThatThrownBy(() -> new ClusterStore(home).write(leaky))
        .isInstanceOf(IllegalStateException.class);
    assertThat(new ClusterStore(home).find("demo")).isEmpty();
  }

  @Test
  void namesCannotLeadElsewhere() {
    var store = new ClusterStore(home);
    for (String name : List.of("", "..", "../x", "a/b", "-x", "a b", "x".repeat(41))) {
      assertThatThrownBy(() -> store.find(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    var store = new ClusterStore(home);
    assertThatThrownBy(() -> store.named("demo", "--cluster"))
        .hasMessage("--cluster: demo (expected: a cluster; there is none yet: weir cluster up)");
    store.write(demo());
    assertThatThrownBy(() -> store.named("dmeo", "--cluster"))
        .hasMessage("--cluster: dmeo (expected: one of demo; did you mean demo?)");
  }

  @Test
  void oneChangeAtATime() {
    var store = new ClusterStore(home);
    try (ClusterLock _ = store.lock("demo");
        ClusterLock _ = store.lock("other")) {
      assertThatThrownBy(() -> store.lock("demo"))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(
              "cluster demo: process %d since ".formatted(ProcessHandle.current().pid()));
    }
    store.lock("demo").close();
  }

  @Test
  void aLockOfAnotherProcessHolds() throws Exception {
    var store = new ClusterStore(home);
    store.lock("demo").close();
    Path file = home.resolve("locks/demo");
    Files.writeString(home.resolve("locks/demo.holder"), "process 42 since then");
    var holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                file.toString())
            .start();
    try {
      holder.getInputStream().read();
      assertThatThrownBy(() -> store.lock("demo"))
          .hasMessageContaining("process 42 since then is changing it");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    store.lock("demo").close();
  }
}
