package dev.weir.swarm.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.FakeEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Joining and leaving, and what is said when it does not work. The refusals are an Engine's own
/// words, as 20.10.24 says them.
@Timeout(60)
class SwarmMembershipTest {
  private static final String TOKEN =
      "SWMTKN-1-" + "0s2tu8jkjy".repeat(5) + "-" + "abcde".repeat(5);

  @TempDir private Path folder;
  private final AtomicInteger count = new AtomicInteger();

  @Test
  void joiningSendsAManagersAddressWithItsPort() throws Exception {
    try (var fake = FakeEngine.at(socket(), (_, response) -> response.json(200, ""));
        var engine = Engine.connect(fake.address())) {
      new SwarmMembership(engine).join("10.0.0.4", TOKEN + "\n", Optional.of("eth1"));
      FakeEngine.Request join = fake.requests().getFirst();
      assertThat(join.line()).isEqualTo("POST /swarm/join");
      assertThat(join.text())
          .isEqualTo(
              "{\"ListenAddr\":\"0.0.0.0:2377\",\"AdvertiseAddr\":\"eth1\",\"RemoteAddrs\":[\"10.0.0.4:2377\"],\"JoinToken\":\"%s\"}"
                  .formatted(TOKEN));
    }
    assertThat(SwarmMembership.remote("m1:99")).isEqualTo("m1:99");
    assertThat(SwarmMembership.remote("fd00::1")).isEqualTo("[fd00::1]:2377");
    assertThat(SwarmMembership.remote("[fd00::1]:5")).isEqualTo("[fd00::1]:5");
    assertThatThrownBy(() -> SwarmMembership.remote("http://m1")).hasMessageContaining("HOST:PORT");
  }

  @Test
  void aTokenThatIsNoneIsNeitherSentNorShown() throws Exception {
    try (var fake = FakeEngine.at(socket(), (_, response) -> response.json(200, ""));
        var engine = Engine.connect(fake.address())) {
      assertThatThrownBy(() -> new SwarmMembership(engine).join("m", "s3cret", Optional.empty()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("6 characters, not shown")
          .hasMessageNotContaining("s3cret");
      assertThat(fake.requests()).isEmpty();
    }
  }

  @Test
  void refusalsSayWhatToDo() throws Exception {
    assertReported(
        503,
        "This node is already part of a swarm. Use \\\"docker swarm leave\\\" to leave this swarm",
        "is in a swarm already (see it: weir swarm status; leave it: weir swarm leave)");
    assertReported(
        400,
        "could not choose an IP address to advertise since this system has multiple addresses on"
            + " different interfaces (10.0.2.15 on eth0 and 192.168.1.2 on eth1) - specify one with"
            + " --advertise-addr",
        "--advertise-addr: not given, and could not choose an IP address to advertise since this"
            + " system has multiple addresses on different interfaces (10.0.2.15 on eth0 and"
            + " 192.168.1.2 on eth1) (expected: the one that other nodes reach)");
    assertReported(
        503,
        "Timeout was reached before node joined. The attempt to join the swarm will continue in the"
            + " background.",
        "give up: weir swarm leave --force");
    assertReported(
        400,
        "rpc error: code = InvalidArgument desc = A valid join token is necessary to join this"
            + " cluster",
        "it may have been rotated");
    assertReported(
        503,
        "You are attempting to leave the swarm on a node that is participating as a manager."
            + " Removing the last manager erases all current state of the swarm. Use `--force` to"
            + " ignore this message. ",
        "to leave anyway: --force");
  }

  private void assertReported(int status, String said, String reported) throws IOException {
    String json = "{\"message\":\"%s\"}".formatted(said);
    try (var fake = FakeEngine.at(socket(), (_, response) -> response.json(status, json));
        var engine = Engine.connect(fake.address())) {
      assertThatThrownBy(() -> new SwarmMembership(engine).init(Optional.empty(), Optional.empty()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(reported)
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void statusOfAnEngineOfItsOwnAndOfAManager() throws Exception {
    String alone = "{\"Swarm\":{\"NodeID\":\"\",\"LocalNodeState\":\"inactive\",\"Error\":\"\"}}";
    assertThat(status(alone, "[]").isInSwarm()).isFalse();
    String manager =
        "{\"Swarm\":{\"NodeID\":\"n1\",\"NodeAddr\":\"10.0.0.1\",\"LocalNodeState\":\"active\",\"ControlAvailable\":true,\"RemoteManagers\":[{\"NodeID\":\"n1\",\"Addr\":\"10.0.0.1:2377\"}]}}";
    String nodes =
        """
        [{"ID":"n2","Spec":{"Role":"worker","Availability":"drain"},
          "Description":{"Hostname":"w1","Engine":{"EngineVersion":"29.0.0"}},
          "Status":{"State":"down","Message":"heartbeat failure","Addr":"10.0.0.2"}},
         {"ID":"n1","Spec":{"Role":"manager","Availability":"active"},
          "Description":{"Hostname":"m1","Resources":{"NanoCPUs":2000000000,"MemoryBytes":5}},
          "Status":{"State":"ready","Addr":"0.0.0.0"},
          "ManagerStatus":{"Leader":true,"Reachability":"reachable","Addr":"10.0.0.1:2377"}}]
        """;
    SwarmStatus status = status(manager, nodes);
    assertThat(status.isHealthy()).isFalse();
    assertThat(status.nodes()).extracting(SwarmNode::hostname).containsExactly("m1", "w1");
    assertThat(status.nodes().getFirst().address()).isEqualTo("10.0.0.1");
    assertThat(status.nodes().getLast().reason()).isEqualTo("heartbeat failure");
    assertThat(status.json()).contains("\"engineVersion\" : \"29.0.0\"");
  }

  private SwarmStatus status(String information, String nodes) throws IOException {
    FakeEngine.Handler handler =
        (request, response) ->
            response.json(200, request.path().equals("/info") ? information : nodes);
    try (var fake = FakeEngine.at(socket(), "1.44", "1.52", handler);
        var engine = Engine.connect(fake.address())) {
      return SwarmStatus.of(engine);
    }
  }

  private Path socket() {
    return folder.resolve("s" + count.incrementAndGet());
  }
}
