package dev.weir.swarm.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineFailover;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Managers that are slow, or hang.
@Timeout(60)
final class ManagersTest {
  private static final FollowSettings SETTINGS =
      new FollowSettings(Map.of("web", 8080), List.of("app"), Optional.empty());

  private final FakeSwarm swarm = new FakeSwarm().service("web", Map.of());
  private final AtomicLong nanos = new AtomicLong();

  /// Two seconds for each of many responses is slow, four for one is too slow.
  @Test
  void eachQuestionHasATimeOfItsOwn() throws Exception {
    try (var slow = new FakeManager(swarm);
        var engines = new EngineFailover(List.of(slow.address()), nanos::get);
        var managers = new Managers(engines)) {
      slow.meanwhile(_ -> pass(Duration.ofSeconds(2), engines));
      assertThat(managers.services(SETTINGS)).hasSize(1);
      assertThat(managers.nodes()).isNotNull();
      assertThat(managers.tasks(List.of())).isEmpty();
      slow.meanwhile(_ -> pass(Duration.ofSeconds(4), engines));
      assertThatThrownBy(managers::nodes).isInstanceOf(EngineException.class);
      slow.meanwhile(_ -> pass(Duration.ofSeconds(2), engines));
      assertThat(managers.services(SETTINGS)).hasSize(1);
    }
  }

  /// It never requests the container itself, which shows its environment.
  @Test
  void ownNetworksAreThoseOfTheTask() throws Exception {
    swarm.start("web", 1);
    try (var manager = new FakeManager(swarm);
        var managers = new Managers(new EngineFailover(List.of(manager.address()), nanos::get))) {
      assertThat(managers.networksOf("c".repeat(64))).contains(List.of(FakeSwarm.NETWORK));
      assertThat(managers.networksOf("d".repeat(64))).isEmpty();
    }
  }

  private void pass(Duration time, EngineFailover engines) {
    nanos.addAndGet(time.toNanos());
    engines.cutIfStuck();
  }

  @Test
  void whileOneHangsInConnectingTheNextCanBeAsked() throws Exception {
    var asked = new CountDownLatch(1);
    var response = new CountDownLatch(1);
    try (var hanging = new FakeManager(swarm);
        var good = new FakeManager(swarm);
        var managers =
            new Managers(
                new EngineFailover(List.of(hanging.address(), good.address()), nanos::get))) {
      hanging.meanwhile(_ -> {
        asked.countDown();
        await(response);
      });
      var first = new FutureTask<>(managers::engine);
      Thread.ofVirtual().start(first);
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
      managers.next();
      var second = new FutureTask<>(managers::engine);
      Thread.ofVirtual().start(second);
      assertThat(second.get(5, TimeUnit.SECONDS).address()).isEqualTo(good.address());
      response.countDown();
      assertThat(first.get(30, TimeUnit.SECONDS)).isSameAs(second.get());
    } finally {
      response.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
