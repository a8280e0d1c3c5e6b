package dev.weir.cluster.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.OpenPort;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Checks of what a manager's Engine shows.
class SwarmChecksTest {
  @Test
  void aHealthySwarmHasOnlyNotes() {
    Facts facts = RecordedSwarm.healthy().facts();
    Diagnosis all = Doctor.withAllChecks().examine(facts);
    assertThat(all.isHealthy()).isTrue();
    assertThat(all.findings().stream().map(one -> one.check()).distinct())
        .containsExactly("quorum", "versions", "ipvs");
    assertThat(all.unseen()).extracting(one -> one.check()).containsOnly("world-open");
  }

  @Test
  void withoutAnEngineNothingIsSaidToBeRight() {
    Facts facts = Facts.of(RecordedSwarm.healthy().now(), Optional.empty(), "no route", List.of());
    Diagnosis all = Doctor.withAllChecks().examine(facts);
    assertThat(RecordedSwarm.found(facts, "engine"))
        .containsExactly("critical swarm: no manager's Engine responds: no route");
    assertThat(all.unseen()).extracting(one -> one.check()).contains("quorum", "nodes", "pending");
  }

  @Test
  void statesOfTheEngine() {
    RecordedSwarm swarm = RecordedSwarm.healthy();
    ObjectNode own = swarm.info().withObjectProperty("Swarm");
    own.put("LocalNodeState", "locked");
    assertThat(swarm.found("engine")).containsExactly("critical b1: the swarm is locked here");
    own.put("LocalNodeState", "inactive");
    assertThat(swarm.found("engine")).containsExactly("critical b1: in no swarm");
    own.put("LocalNodeState", "error").put("Error", "certificate has expired");
    assertThat(swarm.found("engine"))
        .containsExactly("critical b1: state error: certificate has expired");
    own.put("LocalNodeState", "active").put("Error", "").put("ControlAvailable", false);
    assertThat(swarm.found("engine")).singleElement().asString().startsWith("warning b1: a worker");
  }

  @Test
  void numbersOfManagers() {
    RecordedSwarm swarm = RecordedSwarm.healthy();
    assertThat(swarm.found("quorum")).containsExactly("note swarm: 1 manager");
    swarm.manager("b2", "reachable");
    assertThat(swarm.found("quorum")).containsExactly("warning swarm: 2 managers, an even number");
    swarm.manager("b3", "reachable");
    assertThat(swarm.found("quorum")).isEmpty();
    swarm.manager("b3", "unreachable");
    assertThat(swarm.found("quorum"))
        .containsExactly("critical b3: a manager that the others do not reach");
  }

  @Test
  void withoutQuorum() {
    RecordedSwarm swarm = RecordedSwarm.healthy().refuse("/nodes", "no leader");
    assertThat(swarm.found("quorum"))
        .containsExactly("critical swarm: the managers have no quorum: no leader");
    assertThat(RecordedSwarm.unseen(swarm.facts(), "nodes")).containsExactly("swarm: no leader");
  }

  @Test
  void nodes() {
    RecordedSwarm swarm = RecordedSwarm.asRecorded();
    swarm.node("b2").withObjectProperty("Spec").put("Availability", "drain");
    swarm.node("b1").withObjectProperty("Spec").put("Availability", "pause");
    assertThat(swarm.found("nodes"))
        .containsExactly(
            "critical b3: down since about 2026-11-28 11:23:09 UTC, for 11.6 s (heartbeat failure)",
            "critical swarm: no node takes tasks",
            "note b1: paused: it keeps its tasks and takes no new ones",
            "note b2: drained: it takes no tasks");
  }

  @Test
  void versions() {
    RecordedSwarm swarm = RecordedSwarm.healthy();
    assertThat(swarm.found("versions"))
        .containsExactly("note b1, b2, b3: Docker Engine 20.10.24+dfsg1");
    for (String name : List.of("b1", "b2", "b3")) {
      engineOf(swarm, name).put("EngineVersion", "28.5.1");
    }
    assertThat(swarm.found("versions")).isEmpty();
    engineOf(swarm, "b3").put("EngineVersion", "28.5.2");
    assertThat(swarm.found("versions"))
        .containsExactly("note swarm: 28.5.1 on b1, b2; 28.5.2 on b3");
    engineOf(swarm, "b3").put("EngineVersion", "19.3.1");
    assertThat(swarm.found("versions"))
        .containsExactly(
            "warning b3: Docker Engine 19.3.1", "warning swarm: 19.3.1 on b3; 28.5.1 on b1, b2");
  }

  private static ObjectNode engineOf(RecordedSwarm swarm, String name) {
    return swarm.node(name).withObjectProperty("Description").withObjectProperty("Engine");
  }

  @Test
  void tasks() {
    RecordedSwarm swarm = RecordedSwarm.asRecorded();
    assertThat(swarm.found("pending"))
        .hasSize(2)
        .anyMatch(one -> one.startsWith("warning greedy: 1 task of it waits for"))
        .anyMatch(one -> one.contains("waiting") && one.contains("constraints not satisfied"));
    assertThat(swarm.found("failing"))
        .containsExactly(
            "critical broken: 3 of its tasks failed in 10 min, 0 of 1 run; the last on b2: task:"
                + " non-zero exit (1)");
  }

  @Test
  void holdersOfTheSocket() {
    assertThat(RecordedSwarm.asRecorded().found("socket"))
        .containsExactly(
            "critical viz: holds the Engine's socket and publishes 8088/tcp (weir-doctor:latest)",
            "critical handmade on b1: a container that holds the Engine's socket and publishes"
                + " 9000/tcp",
            "note quiet: holds the Engine's socket (weir-doctor:latest)");
    assertThat(RecordedSwarm.asRecorded().withReport("b1").withReport("b2").found("socket"))
        .filteredOn(one -> one.contains("handmade"))
        .hasSize(1);
  }

  @Test
  void addresses() {
    RecordedSwarm swarm = RecordedSwarm.asRecorded();
    assertThat(swarm.found("addresses")).isEmpty();
    swarm
        .network("app")
        .withObjectProperty("IPAM")
        .withArrayProperty("Config")
        .removeAll()
        .addObject()
        .put("Subnet", "198.18.0.40/29");
    assertThat(swarm.found("addresses"))
        .contains(
            "critical app: about 8 of its 8 addresses are in use",
            "critical app: its range 198.18.0.40/29 overlaps 198.18.0.41/32 of b1");
    assertThat(swarm.withReport("b1").found("addresses"))
        .contains("critical app: its range 198.18.0.40/29 overlaps 198.18.0.0/24 of b1");
  }

  @Test
  void poolOfNetworks() {
    RecordedSwarm swarm = RecordedSwarm.healthy();
    swarm.cluster().put("SubnetSize", 24).putArray("DefaultAddrPool").add("10.0.0.0/23");
    assertThat(swarm.found("addresses"))
        .containsExactly("warning swarm: 2 of 2 networks are taken from the pool [10.0.0.0/23]");
  }

  @Test
  void settings() {
    RecordedSwarm swarm = RecordedSwarm.healthy();
    swarm.cluster().put("DataPathPort", 5789);
    swarm
        .cluster()
        .withObjectProperty("Spec")
        .withObjectProperty("EncryptionConfig")
        .put("AutoLockManagers", true);
    swarm.node("b2").withObjectProperty("Status").put("Addr", "2001:db8::2");
    swarm.node("b3").withObjectProperty("Status").put("Addr", "127.0.0.1");
    assertThat(swarm.found("settings"))
        .containsExactly(
            "warning b3: no address that other nodes could use",
            "note swarm: autolock is on",
            "note swarm: overlay networks use port 5789 instead of 4789",
            "note b2: has an IPv6 address in the swarm");
  }

  @Test
  void rulesOutside() {
    Facts facts = RecordedSwarm.healthy().facts();
    assertThat(RecordedSwarm.unseen(facts, "world-open")).hasSize(1);
    List<OpenPort> rules =
        List.of(
            new OpenPort("sg-1", "tcp", 443, 443, "0.0.0.0/0"),
            new OpenPort("sg-1", "tcp", 22, 22, "0.0.0.0/0"),
            new OpenPort("sg-1", "tcp", 8080, 8080, "::/0"),
            new OpenPort("sg-1", "tcp", 2377, 2377, "10.0.0.0/8"),
            new OpenPort("sg-2", "all", -1, 65_535, "0.0.0.0/0"));
    assertThat(RecordedSwarm.found(facts.withOutside(Optional.of(rules), ""), "world-open"))
        .containsExactly(
            "critical sg-2: every port/all is open to the whole world (0.0.0.0/0)",
            "warning sg-1: 22/tcp is open to the whole world (0.0.0.0/0)",
            "note sg-1: 8080/tcp is open to the whole world (::/0)");
  }
}
