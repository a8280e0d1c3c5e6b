package dev.weir.swarm.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.base.UserError;
import dev.weir.run.ReplicaCounts;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.FakeEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A service that is changed and put back, over a real socket to an engine that keeps its spec.
@Timeout(30)
final class ServiceVariationTest {
  private static final String SPEC =
      """
      {"Name":"web","Labels":{"weir.port":"8080"},"Mode":{"Replicated":{"Replicas":2}},
       "TaskTemplate":{"ContainerSpec":{"Image":"web:1@sha256:aa"},
                       "Resources":{"Limits":{"NanoCPUs":500000000}}}}\
      """;

  @TempDir private Path folder;
  private String spec = SPEC;
  private String status = "{}";
  private String tasks = "[]";
  private int refusals;

  @SuppressWarnings("NullAway.Init") // before each
  private FakeEngine fake;

  @SuppressWarnings("NullAway.Init") // before each
  private Engine engine;

  @BeforeEach
  void start() throws IOException {
    fake = FakeEngine.at(folder.resolve("docker.sock"), this::respond);
    engine = Engine.connect(fake.address());
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
    fake.close();
  }

  private synchronized void respond(FakeEngine.Request request, FakeEngine.Response response)
      throws IOException {
    if (request.path().endsWith("/update") && refusals > 0) {
      refusals--;
      response.json(500, "{\"message\":\"rpc error: the swarm has no leader\"}");
    } else if (request.path().endsWith("/update")) {
      spec = request.text();
      response.json(200, "{}");
    } else if (request.path().equals("/tasks")) {
      response.json(200, tasks);
    } else {
      response.json(
          200,
          "{\"ID\":\"s1\",\"Version\":{\"Index\":7},\"UpdateStatus\":%s,\"Spec\":%s}"
              .formatted(status, spec));
    }
  }

  @Test
  void readsWhatItFinds() {
    assertThat(ServiceVariation.of(engine, "web").found())
        .isEqualTo(
            new ServiceVariation.AsFound(
                Optional.empty(), Optional.empty(), "web:1@sha256:aa", 2, 0.5, true));
  }

  @Test
  void putsBackWhatItChangedAndNothingElse() {
    ServiceVariation variation = ServiceVariation.of(engine, "web");
    variation.policy("round-robin");
    assertThat(spec).contains("\"weir.policy\":\"round-robin\"", "\"weir.port\":\"8080\"");
    spec = spec.replace("\"Replicas\":2", "\"Replicas\":9"); // somebody else scales meanwhile
    assertThat(variation.restore()).isTrue();
    assertThat(spec).doesNotContain("weir.policy").contains("\"Replicas\":9", "weir.port");
    assertThat(variation.restore()).as("a second time").isFalse();
  }

  @Test
  void aPolicyAndItsLimitAreSetTogetherAndPutBack() {
    ServiceVariation variation = ServiceVariation.of(engine, "web");
    variation.policy("weir", "4");
    assertThat(spec).contains("\"weir.policy\":\"weir\"", "\"weir.limit\":\"4\"");
    assertThat(variation.restoringCommand())
        .isEqualTo("docker service update --label-rm weir.policy --label-rm weir.limit web");
    variation.restore();
    assertThat(spec).doesNotContain("weir.policy", "weir.limit");
  }

  @Test
  void aLimitThatWasThereComesBack() {
    spec = SPEC.replace("\"weir.port\"", "\"weir.limit\":\"16\",\"weir.port\"");
    ServiceVariation variation = ServiceVariation.of(engine, "web");
    variation.policy("round-robin");
    assertThat(spec).contains("\"weir.limit\":\"16\"");
    variation.policy("weir", "off");
    assertThat(variation.restoringCommand()).contains("--label-add weir.limit=16");
    variation.restore();
    assertThat(spec).contains("\"weir.limit\":\"16\"").doesNotContain("weir.policy");
  }

  @Test
  void imagesAndCountsComeBackAsTheyWere() {
    ServiceVariation variation = ServiceVariation.of(engine, "web");
    variation.image("web:2");
    variation.replicas(5);
    assertThat(spec).contains("\"Image\":\"web:2\"", "\"Replicas\":5");
    variation.restore();
    assertThat(spec).contains("web:1@sha256:aa", "\"Replicas\":2");
  }

  @Test
  void labelsAndCountChangeTogetherAndComeBack() {
    spec = SPEC.replace("\"weir.port\"", "\"weir.slo\":\"p99<2s\",\"weir.port\"");
    ServiceVariation variation = ServiceVariation.of(engine, "web");
    variation.scaling(Map.of("weir.slo", "p99<1s"), Set.of("weir.scale"), 1);
    assertThat(spec).contains("\"weir.slo\":\"p99<1s\"", "\"Replicas\":1");
    variation.labels(Map.of("weir.scale", "1..4"), Set.of());
    assertThat(variation.restoringCommand())
        .contains("--replicas 2", "--label-add 'weir.slo=p99<2s'", "--label-rm weir.scale");
    // The mark that a balancer leaves beside its count is one of the labels that go.
    spec = spec.replace("\"weir.port\"", "\"weir.scale.set\":\"4@n1.1\",\"weir.port\"");
    variation.labels(Map.of(), Set.of("weir.scale", "weir.scale.set"));
    assertThat(spec).doesNotContain("weir.scale");
    variation.restore();
    assertThat(spec).contains("\"weir.slo\":\"p99<2s\"", "\"Replicas\":2", "weir.port");
    variation.scaling(Map.of("weir.scale", "1..4"), Set.of(), 9);
    assertThat(spec).as("once it is put back").doesNotContain("weir.scale");
  }

  @Test
  void replicasAreCountedFromTheirOrderToTheirEnd() {
    tasks =
        "[%s]"
            .formatted(
                String.join(
                    ",",
                    task("running", "running"),
                    task("starting", "running"),
                    task("running", "shutdown"),
                    task("shutdown", "shutdown")));
    assertThat(ServiceReplicas.count(engine, "web")).isEqualTo(new ReplicaCounts(2, 1, 3));
  }

  @Test
  void anEngineThatFailsForAMomentIsAskedAgain() {
    ServiceVariation variation = ServiceVariation.of(engine, "web");
    variation.image("web:2");
    refusals = 2;
    assertThat(variation.restore()).isTrue();
    assertThat(spec).contains("web:1@sha256:aa");
  }

  @Test
  void whatCannotBePutBackIsReportedAsACommand() {
    ServiceVariation variation = ServiceVariation.of(engine, "web");
    variation.replicas(5);
    variation.policy("random");
    refusals = 1;
    assertThatThrownBy(() -> variation.restore(Duration.ZERO)).isInstanceOf(EngineException.class);
    assertThat(variation.restoringCommand())
        .isEqualTo("docker service update --replicas 2 --label-rm weir.policy web");
    assertThat(variation.found().describe())
        .isEqualTo("image web:1@sha256:aa, 2 replicas, policy none, limit none");
  }

  @Test
  void nothingIsChangedAnyMoreOnceItIsPutBack() {
    ServiceVariation variation = ServiceVariation.of(engine, "web");
    variation.restore();
    variation.policy("random");
    variation.image("web:2");
    variation.replicas(5);
    assertThat(spec).isEqualTo(SPEC);
  }

  @Test
  void waitsForTheTasksOfTheImageAndTheEndOfTheOthers() {
    ServiceVariation variation = ServiceVariation.of(engine, "web");
    tasks = "[" + task("running", "running") + "," + task("running", "running") + "]";
    variation.awaitTasks(Duration.ofSeconds(10), () -> false);
    tasks = "[" + task("running", "running") + "," + task("running", "shutdown") + "]";
    assertThatThrownBy(() -> variation.awaitTasks(Duration.ofMillis(1), () -> false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("1 of 2 tasks run");
    variation.awaitTasks(Duration.ofHours(1), () -> true);
  }

  @Test
  void anUpdateThatSwarmGaveUpIsReportedAtOnce() {
    ServiceVariation variation = ServiceVariation.of(engine, "web");
    variation.image("web:broken");
    status = "{\"State\":\"rollback_completed\",\"Message\":\"rollback completed\"}";
    assertThatThrownBy(() -> variation.awaitTasks(Duration.ofMinutes(5), () -> false))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("Swarm gave the update up: rollback_completed");
  }

  private static String task(String state, String desired) {
    return """
    {"ID":"t","ServiceID":"s1","DesiredState":"%s","Status":{"State":"%s"},"Spec":{"ContainerSpec":{"Image":"web:1@sha256:aa"}}}\
    """
        .formatted(desired, state);
  }
}
