package dev.weir.swarm.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What changes in a swarm between two questions.
@Timeout(60)
class SwarmChangesTest {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // before each test
  private RespondingEngine swarm;

  @SuppressWarnings("NullAway.Init") // before each test
  private SwarmChanges changes;

  @BeforeEach
  void start() throws IOException {
    swarm = new RespondingEngine(folder);
    services(2, "app:1");
    nodes("ready");
    swarm.page("/tasks", "[" + task("t1", "running", "01") + "]");
    changes = new SwarmChanges(swarm.engine());
  }

  @AfterEach
  void stop() throws IOException {
    swarm.close();
  }

  @Test
  void whatWasThereIsNoChange() {
    assertThat(changes.since()).isEmpty();
  }

  @Test
  void tasksThatComeAndEndAreReported() {
    swarm.page(
        "/tasks",
        "[%s,%s,%s]"
            .formatted(
                task("t1", "failed", "03"),
                task("t2", "running", "02"),
                task("t3", "starting", "04")));
    assertThat(changes.since())
        .extracting(SwarmChange::kind, SwarmChange::subject, SwarmChange::text)
        .containsExactly(
            tuple("task-running", "web.1.t2", "runs on w1"),
            tuple("task-ended", "web.1.t1", "failed on w1: it broke"));
    assertThat(changes.since()).isEmpty();
  }

  @Test
  void aTaskEndsOnce() {
    swarm.page("/tasks", "[" + task("t1", "failed", "03") + "]");
    assertThat(changes.since()).hasSize(1);
    swarm.page("/tasks", "[" + task("t1", "shutdown", "05") + "]");
    assertThat(changes.since()).isEmpty();
  }

  @Test
  void scalingAndUpdatesAreReported() {
    services(5, "app:2");
    assertThat(changes.since())
        .extracting(SwarmChange::kind, SwarmChange::text)
        .containsExactly(
            tuple("service-scaled", "2 -> 5 replicas"),
            tuple("service-updated", "its tasks are being replaced"));
  }

  @Test
  void servicesAndNodesThatComeAndGoAreReported() {
    swarm.page("/services", "[]");
    nodes("down");
    assertThat(changes.since())
        .extracting(SwarmChange::kind, SwarmChange::subject, SwarmChange::text)
        .containsExactlyInAnyOrder(
            tuple("node-changed", "w1", "ready, active -> down, active"),
            tuple("service-removed", "web", "the service is gone"));
    services(1, "app:1");
    assertThat(changes.since()).extracting(SwarmChange::kind).containsExactly("service-created");
  }

  /// After it left and joined again, its old entry stays, down, under the same name.
  @Test
  void twoNodesOfOneNameAreTwoNodes() {
    String both =
        "[{'ID':'n1','Status':{'State':'down'},'Description':{'Hostname':'w1'},'Spec':{'Availability':'active'}},"
            + "{'ID':'n2','Status':{'State':'ready'},'Description':{'Hostname':'w1'},'Spec':{'Availability':'active'}}]";
    swarm.page("/nodes", both);
    assertThat(changes.since())
        .extracting(SwarmChange::kind, SwarmChange::text)
        .containsExactlyInAnyOrder(
            tuple("node-changed", "ready, active -> down, active"),
            tuple("node-joined", "ready, active"));
    assertThat(changes.since()).isEmpty();
    nodes("down");
    assertThat(changes.since())
        .extracting(SwarmChange::kind, SwarmChange::subject)
        .containsExactly(tuple("node-removed", "w1"));
  }

  private void services(int replicas, String image) {
    swarm.page(
        "/services",
        "[{'ID':'s','UpdatedAt':'2026-01-01T00:00:00Z','Spec':{'Name':'web','Mode':{'Replicated':{'Replicas':%d}},'TaskTemplate':{'Image':'%s'}}}]"
            .formatted(replicas, image));
  }

  private void nodes(String state) {
    swarm.page(
        "/nodes",
        "[{'ID':'n1','Status':{'State':'%s'},'Description':{'Hostname':'w1'},'Spec':{'Availability':'active'}}]"
            .formatted(state));
  }

  private static String task(String id, String state, String second) {
    return "{'ID':'%s','ServiceID':'s','NodeID':'n1','Slot':1,'Status':{'State':'%s','Timestamp':'2026-01-01T00:00:%sZ'%s}}"
        .formatted(id, state, second, state.equals("failed") ? ",'Err':'it broke'" : "");
  }
}
