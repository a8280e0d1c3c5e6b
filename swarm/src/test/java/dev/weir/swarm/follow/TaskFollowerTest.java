package dev.weir.swarm.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.base.UserError;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// A follower before managers that fail, lose services, and change their minds.
final class TaskFollowerTest {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final int POLLS_PER_SECOND = 4;

  private final FakeSwarm swarm = new FakeSwarm();
  private final LinkedBlockingQueue<List<FollowedService>> changes = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();

  private static FollowSettings settings(Duration interval, String... services) {
    var named = new LinkedHashMap<String, Integer>();
    Arrays.stream(services).forEach(name -> named.put(name, 8080));
    return new FollowSettings(named, List.of("app"), Optional.of(interval));
  }

  private TaskFollower follow(FollowSettings settings, FakeManager... managers) {
    var follower =
        TaskFollower.open(
            settings, Arrays.stream(managers).map(FakeManager::address).toList(), log::add);
    follower.start(changes::add);
    return follower;
  }

  private void awaitChange(Predicate<List<FollowedService>> wanted) throws InterruptedException {
    for (var now = changes.poll(20, TimeUnit.SECONDS); ; now = changes.poll(20, TimeUnit.SECONDS)) {
      assertThat(now).as("a change that was waited for").isNotNull();
      if (wanted.test(now)) {
        return;
      }
    }
  }

  private void awaitLog(String part) throws InterruptedException {
    for (String line = ""; !line.contains(part); ) {
      line = log.poll(LONGEST.toSeconds(), TimeUnit.SECONDS);
      assertThat(line).as("a line with '%s'", part).isNotNull();
    }
  }

  private static long live(List<FollowedService> services) {
    return services.stream().mapToLong(FollowedService::liveCount).sum();
  }

  @Test
  void aManagerThatFailsTakesNothingAwayAndTheNextGoesOn() throws Exception {
    swarm.service("web", Map.of());
    swarm.start("web", 1);
    try (var first = new FakeManager(swarm);
        var second = new FakeManager(swarm);
        var follower = follow(settings(Duration.ofMillis(20), "web"), first, second)) {
      assertThat(live(follower.services())).isEqualTo(1);
      second.failing(true);
      first.failing(true);
      awaitLog("the last known replicas stay in use");
      assertThat(live(follower.services())).isEqualTo(1);
      assertThat(follower.status().lastFailure()).contains("leader");
      swarm.start("web", 2);
      second.failing(false);
      awaitLog("responds again");
      awaitChange(services -> live(services) == 2);
      assertThat(follower.status().failures()).isPositive();
      assertThat(follower.status().lastFailure()).isEmpty();
    }
  }

  /// Status 200 and rubbish: no service is emptied for it, and the log says it once.
  @Test
  void rubbishTakesNothingAway() throws Exception {
    swarm.service("web", Map.of());
    swarm.start("web", 1);
    try (var manager = new FakeManager(swarm);
        var follower = follow(settings(Duration.ofMillis(20), "web"), manager)) {
      for (String path : List.of("/tasks", "/services", "/nodes")) {
        for (String rubbish : List.of("", "{}", "null", "[1]", "[{}]", "[{\"ID\":\"x\"", "oops")) {
          manager.says(path, rubbish);
          manager.event();
          awaitLog("the last known replicas stay in use");
          assertThat(live(follower.services())).as("%s: %s", path, rubbish).isEqualTo(1);
          assertThat(follower.status().lastFailure()).contains("no Docker Engine");
          manager.says(path, null);
          awaitLog("responds again");
        }
      }
      assertThat(changes).isEmpty();
    }
  }

  /// A task's address is an address: a name would be looked up, and lead anywhere.
  @Test
  void aTaskWhoseAddressIsNoneTakesNoRequests() throws Exception {
    swarm.service("web", Map.of());
    swarm.start("web", 1);
    try (var manager = new FakeManager(swarm)) {
      manager.says("/tasks", swarm.tasksJson().replace("10.0.0.2/24", "metadata.internal/24"));
      try (var follower = follow(settings(Duration.ofMillis(20), "web"), manager)) {
        assertThat(live(follower.services())).isZero();
      }
    }
  }

  @Test
  void aServiceThatIsGoneDrainsWhileOthersGoOnAndComesBack() throws Exception {
    swarm.service("web", Map.of("weir.host", "a")).service("api", Map.of("weir.host", "b"));
    swarm.start("web", 1);
    swarm.start("api", 1);
    try (var manager = new FakeManager(swarm);
        var follower = follow(settings(Duration.ofMillis(20), "web", "api"), manager)) {
      assertThat(live(follower.services())).isEqualTo(2);
      swarm.serviceGone("web");
      awaitChange(services -> live(services) == 1);
      swarm.service("web", Map.of("weir.host", "a"));
      swarm.start("web", 1);
      manager.event();
      awaitChange(services -> live(services) == 2);
    }
  }

  @Test
  void whatIsSetUpWronglyIsReportedAtTheStart() throws IOException {
    swarm.service("web", Map.of("weir.limit", "many"));
    try (var manager = new FakeManager(swarm)) {
      assertThatThrownBy(() -> follow(settings(Duration.ofSeconds(1), "web"), manager))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "service web: label weir.limit: many (expected: auto, off, or how many requests a"
                  + " replica may work on, 1 to 100000)");
      var elsewhere = new FollowSettings(Map.of("web", 1), List.of("none"), Optional.empty());
      assertThatThrownBy(() -> follow(elsewhere, manager))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("--network: none (expected: an overlay network");
    }
  }

  /// Twenty services of ten tasks each: how soon a change is known, and what following costs. What
  /// is asserted is loose, for busy machines; what is printed is what counts. More of both:
  /// `-Dfollow.changes=200 -Dfollow.seconds=60`.
  @Test
  void twentyServicesWithTwoHundredTasksAreFollowedClosely() throws Exception {
    for (int i = 0; i < 20; i++) {
      swarm.service("s" + i, Map.of("weir.port", "80", "weir.host", "s%d.example".formatted(i)));
      for (int slot = 1; slot <= 10; slot++) {
        swarm.start("s" + i, slot);
      }
    }
    var pace =
        new FollowSettings(
            Map.of(), List.of("app"), Optional.of(Duration.ofMillis(1000 / POLLS_PER_SECOND)));
    try (var manager = new FakeManager(swarm);
        var follower = follow(pace, manager)) {
      assertThat(live(follower.services())).isEqualTo(200);
      List<Long> delays = new ArrayList<>();
      for (int i = 0; i < Integer.getInteger("follow.changes", 20); i++) {
        long beganNanos = System.nanoTime();
        swarm.start("s" + i % 20, 11 + i);
        long wanted = 201L + i;
        awaitChange(services -> live(services) == wanted);
        delays.add((System.nanoTime() - beganNanos) / 1_000_000);
      }
      delays.sort(null);
      double share = costOfFollowing(Integer.getInteger("follow.seconds", 3), manager);
      System.getLogger("follow")
          .log(
              System.Logger.Level.INFO,
              "20 services, 200 tasks: a change is known after p50 %d ms, at most %d ms; %.1f %% of"
                      .formatted(delays.get(delays.size() / 2), delays.getLast(), share * 100)
                  + " a core");
      assertThat(delays.get(delays.size() / 2)).isLessThan(600);
      assertThat(share).isLessThan(0.5);
    }
  }

  /// The part of a core that the follower's own threads use; the manager's are in here too.
  private static double costOfFollowing(int seconds, FakeManager manager) throws Exception {
    int polls = manager.taskPolls();
    long cpuNanos = cpuNanos();
    long beganNanos = System.nanoTime();
    var expected = new CountDownLatch(POLLS_PER_SECOND * seconds);
    manager.meanwhile(path -> {
      if (path.equals("/tasks")) {
        expected.countDown();
      }
    });
    assertThat(expected.await(LONGEST.toSeconds() + 10L * seconds, TimeUnit.SECONDS)).isTrue();
    double share = (double) (cpuNanos() - cpuNanos) / (System.nanoTime() - beganNanos);
    assertThat(manager.taskPolls() - polls).as("polls").isPositive();
    return share;
  }

  private static long cpuNanos() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("weir-follow"))
        .mapToLong(
            thread -> ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()))
        .sum();
  }
}
