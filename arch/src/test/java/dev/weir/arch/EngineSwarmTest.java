package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EventStream;
import dev.weir.swarm.engine.Filters;
import dev.weir.swarm.engine.ServiceUpdates;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The client against the real manager of a testbed.
@Timeout(300)
class EngineSwarmTest {
  private static final int WRITERS = 8;
  private static final int CHANGES = 100;

  /// An image that no machine has, on a node that does not exist: no task is ever started, and the
  /// spec is what is tested.
  private static final String SPEC =
      """
      {"Name":"NAME","Labels":{"keep":"me"},"Mode":{"Replicated":{"Replicas":1}},
       "TaskTemplate":{"ContainerSpec":{"Image":"no/such:1","StopGracePeriod":7000000000,
         "Env":["A=b"]},"Placement":{"Constraints":["node.labels.weir==nowhere"]},
         "RestartPolicy":{"Condition":"any","Delay":5000000000}},
       "UpdateConfig":{"Parallelism":1,"MaxFailureRatio":0.1,"Order":"start-first"}}
      """;

  private final String name = "weir-engine-" + ProcessHandle.current().pid();

  private @Nullable Engine engine;

  @BeforeEach
  void connect() throws Exception {
    Engine connected = Engine.connect(new EngineAddress.Unix(Testbed.shared().socket()));
    engine = connected;
    var spec = (ObjectNode) JsonMapper.shared().readTree(SPEC.replace("NAME", name));
    connected.post("/services/create", Map.of(), spec);
  }

  @AfterEach
  void remove() {
    if (engine == null) {
      return; // skipped
    }
    Engine connected = engine;
    try (connected) {
      connected.delete("/services/" + name, Map.of());
    } catch (EngineException e) {
      assertThat(e.reason()).isEqualTo(EngineException.Reason.NOT_FOUND);
    }
  }

  @Test
  void eightWritersLoseNothingAndRestartNothing() throws Exception {
    JsonNode before = service().path("Spec");
    int tasks = tasks();
    var work = new ArrayList<Callable<Integer>>();
    for (int writer = 0; writer < WRITERS; writer++) {
      String own = "writer-" + writer;
      work.add(() -> write(own));
    }
    int tries = 0;
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> done : executor.invokeAll(work)) {
        tries += done.get();
      }
    }
    var after = (ObjectNode) service().path("Spec");
    var labels = (ObjectNode) after.path("Labels");
    for (int writer = 0; writer < WRITERS; writer++) {
      assertThat(labels.remove("writer-" + writer).asString()).isEqualTo(Integer.toString(CHANGES));
    }
    assertThat(after).isEqualTo(before);
    assertThat(tries).as("conflicts were met").isGreaterThan(WRITERS * CHANGES);
    assertThat(tasks()).as("no task was started anew").isEqualTo(tasks);
  }

  @Test
  void nothingChangedCostsNoVersion() {
    JsonNode before = service().path("Version");
    var change = new ServiceUpdates(engine()).change(name, spec -> spec);
    assertThat(change.changed()).isFalse();
    assertThat(service().path("Version")).isEqualTo(before);
  }

  @Test
  void anUpdateIsSeenAsAnEvent() throws Exception {
    var actions = new LinkedBlockingQueue<String>();
    var filters = Filters.of("type", "service").and("service", name);
    try (var _ =
        EventStream.open(
            engine(), filters, e -> actions.add(e.path("Action").asString("")), _ -> {})) {
      new ServiceUpdates(engine()).change(name, spec -> label(spec, "a", "b"));
      String action = actions.poll(30, TimeUnit.SECONDS);
      // The events of its creation may come late.
      assertThat("create".equals(action) ? actions.poll(30, TimeUnit.SECONDS) : action)
          .isEqualTo("update");
    }
  }

  private Engine engine() {
    return Objects.requireNonNull(engine);
  }

  private int write(String own) {
    var updates = new ServiceUpdates(engine());
    int tries = 0;
    for (int i = 1; i <= CHANGES; i++) {
      String value = Integer.toString(i);
      tries += updates.change(name, spec -> label(spec, own, value)).tries();
    }
    return tries;
  }

  private static ObjectNode label(ObjectNode spec, String key, String value) {
    ((ObjectNode) spec.path("Labels")).put(key, value);
    return spec;
  }

  private JsonNode service() {
    return engine().get("/services/" + name);
  }

  private int tasks() {
    return engine().get("/tasks", Filters.of("service", name).query()).size();
  }
}
