package dev.weir.swarm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Updates of a service by many at once.
@Timeout(60)
class ServiceUpdatesTest {
  /// With a field that no version of the API has, and a number that is no int.
  private static final String SPEC =
      "{\"Name\":\"web\",\"Labels\":{\"keep\":\"me\"},\"Mode\":{\"Replicated\":{\"Replicas\":2}},"
          + "\"UpdateConfig\":{\"MaxFailureRatio\":0.1,\"Monitor\":5000000000},"
          + "\"FromTheFuture\":{\"x\":[1,null,true]},"
          + "\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"a@sha256:1\"},\"ForceUpdate\":4}}";

  @TempDir private Path folder;
  private final FakeServices services = new FakeServices(SPEC);

  @SuppressWarnings("NullAway.Init") // set before each test
  private FakeEngine fake;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Engine engine;

  @BeforeEach
  void start() throws Exception {
    fake = FakeEngine.at(folder.resolve("s"), services);
    engine = Engine.connect(fake.address());
  }

  @AfterEach
  void stop() throws Exception {
    engine.close();
    fake.close();
  }

  @Test
  void eightWritersLoseNothingAndRestartNothing() throws Exception {
    var work = new ArrayList<Callable<Integer>>();
    for (int writer = 0; writer < 8; writer++) {
      String own = "w" + writer;
      work.add(() -> write(own));
    }
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> done : executor.invokeAll(work)) {
        assertThat(done.get()).isEqualTo(100);
      }
    }
    ObjectNode spec = services.spec();
    var labels = (ObjectNode) spec.path("Labels");
    for (int writer = 0; writer < 8; writer++) {
      assertThat(labels.remove("w" + writer).asString()).isEqualTo("100");
    }
    assertThat(spec).isEqualTo(new FakeServices(SPEC).spec());
    assertThat(services.writes).hasValue(800);
    assertThat(services.restarts).hasValue(0);
    assertThat(services.conflicts.get()).as("the test must have met conflicts").isPositive();
  }

  @Test
  void nothingChangedIsNothingWritten() {
    var updates = new ServiceUpdates(engine);
    // As a long, while an int was read.
    ServiceUpdates.Change change =
        updates.change(
            "web",
            spec -> {
              ((ObjectNode) spec.at("/Mode/Replicated")).put("Replicas", 2L);
              return spec;
            });
    assertThat(change.changed()).isFalse();
    assertThat(fake.requests()).extracting(FakeEngine.Request::method).containsExactly("GET");
  }

  @Test
  void credentialsOfTheServiceAreKept() {
    new ServiceUpdates(engine).change("web", spec -> label(spec, "a", "b"));
    FakeEngine.Request update = fake.requests().getLast();
    assertThat(update.query()).containsEntry("registryAuthFrom", "spec");
    assertThat(update.path()).isEqualTo("/services/s1/update");
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> new ServiceUpdates(engine).change("nope", s -> s))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(EngineException.Reason.NOT_FOUND);
              assertThat(e.status()).isEqualTo(404);
              assertThat(e.getMessage()).startsWith("service nope not found (engine unix://");
            });
  }

  private int write(String own) {
    var updates = new ServiceUpdates(engine);
    int count = 0;
    for (int i = 1; i <= 100; i++) {
      String value = Integer.toString(i);
      count += updates.change("web", spec -> label(spec, own, value)).changed() ? 1 : 0;
    }
    return count;
  }

  private static ObjectNode label(ObjectNode spec, String name, String value) {
    ((ObjectNode) spec.path("Labels")).put(name, value);
    return spec;
  }
}
