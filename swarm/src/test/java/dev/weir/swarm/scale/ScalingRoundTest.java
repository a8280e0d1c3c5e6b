package dev.weir.swarm.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.arrivals.RateEstimate;
import dev.weir.arrivals.RateEstimate.Slope;
import dev.weir.scale.ScaleEvent;
import dev.weir.scale.ScaleReport;
import dev.weir.scale.ServiceLoad;
import dev.weir.scale.TwoMomentWork;
import dev.weir.swarm.engine.EngineFailover;
import dev.weir.swarm.engine.FakeEngine;
import dev.weir.swarm.follow.FollowedService;
import dev.weir.swarm.follow.ScaleLabels;
import dev.weir.swarm.follow.ServiceSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whole rounds of one balancer or two against an Engine that keeps versions.
@Timeout(60)
final class ScalingRoundTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;
  private final ScalableSwarm swarm = new ScalableSwarm(2);
  private final List<String> lines = new ArrayList<>();
  private final List<ScaleEvent> events = new ArrayList<>();
  private final Traffic traffic = new Traffic();
  private boolean acts = true;
  private int min = 1;
  private long nowNanos;

  @SuppressWarnings("NullAway.Init") // set before each test
  private FakeEngine fake;

  @SuppressWarnings("NullAway.Init") // set before each test
  private ScalingRound round;

  @BeforeEach
  void start() throws Exception {
    fake = FakeEngine.at(folder.resolve("s"), swarm);
    round = round("a");
  }

  @AfterEach
  void stop() throws Exception {
    fake.close();
  }

  private ScalingRound round(String self) {
    var engines = new EngineFailover(List.of(fake.address()), () -> nowNanos);
    return new ScalingRound(
        self,
        engines,
        traffic,
        new ScaleListener() {
          @Override
          public void said(String line) {
            lines.add(line);
          }

          @Override
          public void decided(String service, ScaleEvent event) {
            events.add(event);
          }
        },
        () -> nowNanos);
  }

  @Test
  void theNeedIsWrittenWithAMark() {
    traffic.rate = 60;
    ticks(1);
    assertThat(swarm.replicas()).isBetween(7, 9);
    assertThat(swarm.label(ScaleLabels.SET)).isEqualTo(swarm.replicas() + "@a.1");
    assertThat(lines.getFirst()).startsWith("service web: 2 -> " + swarm.replicas() + " replicas");
    assertThat(report().actor()).isEqualTo("self");
    ticks(5);
    assertThat(swarm.serviceWrites()).as("nothing more to do").isEqualTo(1);
  }

  @Test
  void adviceChangesNothing() {
    acts = false;
    traffic.rate = 60;
    ticks(10);
    assertThat(swarm.serviceWrites()).isZero();
    assertThat(report().mode()).isEqualTo("advise");
    assertThat(report().state()).isEqualTo("advised");
    assertThat(events.getLast().decision().replicas()).isBetween(7, 9);
    assertThat(lines).as("said once").hasSize(1);
  }

  @Test
  void whatSomeoneSetsByHandIsKept() {
    traffic.rate = 20;
    ticks(40);
    int own = swarm.replicas();
    swarm.scale(own + 5);
    ticks(30);
    assertThat(swarm.replicas()).isEqualTo(own + 5);
    assertThat(events.getLast().decision().words()).contains("(human)");
    ticks(400);
    assertThat(swarm.replicas()).as("ten minutes later").isEqualTo(own);
  }

  @Test
  void anUpdateUnderWayIsLeftAlone() {
    traffic.rate = 60;
    for (String state : List.of("updating", "paused", "rollback_started", "rollback_paused")) {
      swarm.updating(state);
      ticks(3);
      assertThat(swarm.serviceWrites()).as(state).isZero();
      assertThat(report().state()).contains(state.replace('_', ' '));
    }
    swarm.updating("completed");
    ticks(1);
    assertThat(swarm.serviceWrites()).isEqualTo(1);
  }

  @Test
  void aPausedServiceIsLeftAlone() {
    ticks(1);
    pause("incident");
    traffic.rate = 60;
    ticks(5);
    assertThat(swarm.replicas()).isEqualTo(2);
    assertThat(report().paused()).isTrue();
    assertThat(report().state()).isEqualTo("paused: incident");
  }

  private void pause(String why) {
    try (var engines = new EngineFailover(List.of(fake.address()), () -> nowNanos)) {
      Board paused =
          engines.ask(engine -> ScalerBoard.change(engine, board -> board.pause("web", why)));
      assertThat(paused.paused()).containsKey("web");
    }
  }

  @Test
  void refusedWritesAreSaidAndTriedLessAndLessOften() {
    ticks(1);
    traffic.rate = 60;
    swarm.refuses("rpc error: the swarm does not have a leader");
    ticks(2);
    assertThat(swarm.serviceWrites()).isZero();
    assertThat(String.join("\n", lines)).contains("does not have a leader");
    swarm.refuses("");
    ticks(8);
    assertThat(swarm.replicas()).isBetween(7, 9);
  }

  @Test
  void withoutANodeForItsTasksAServiceGrowsNoFurther() {
    traffic.rate = 20;
    ticks(1);
    traffic.readyAll = false;
    swarm.task(1, "running", "pending", "no suitable node (insufficient resources on 3 nodes)");
    traffic.rate = 80;
    ticks(5);
    assertThat(report().fault()).contains("insufficient resources");
    assertThat(report().state()).contains("insufficient resources");
    int writes = swarm.serviceWrites();
    ticks(5);
    assertThat(swarm.serviceWrites()).isEqualTo(writes);
    swarm.noTasks();
    traffic.readyAll = true;
    ticks(3);
    assertThat(swarm.serviceWrites()).isEqualTo(writes + 1);
    assertThat(report().fault()).isEmpty();
  }

  @Test
  void aStaleSwarmLosesNoReplicas() {
    swarm.scale(9);
    traffic.rate = 10;
    for (int i = 0; i < 100; i++) {
      nowNanos += 2 * SECOND;
      round.observe(List.of(service()));
      round.decide(60, 0);
    }
    assertThat(swarm.replicas()).isEqualTo(9);
    ticks(45);
    assertThat(swarm.replicas()).isLessThan(9);
  }

  @Test
  void theFirstRequestStartsAReplicaWhoeverActs() {
    min = 0;
    swarm.scale(0);
    ScalingRound other = round("b");
    traffic.rate = 0;
    ticks(1);
    traffic.queued = 1;
    round.observe(List.of(service()));
    other.observe(List.of(service()));
    other.decide(0, 0);
    other.wake("web", 0);
    assertThat(swarm.replicas()).isEqualTo(1);
    assertThat(swarm.label(ScaleLabels.SET)).isEqualTo("1@b.1");
    ticks(3);
    assertThat(swarm.serviceWrites()).as("the other one has done it").isEqualTo(1);
  }

  @Test
  void anIdleServiceGoesToZero() {
    min = 0;
    traffic.rate = 0;
    traffic.idle = 59;
    ticks(1);
    assertThat(swarm.replicas()).isEqualTo(1);
    traffic.idle = 61;
    ticks(1);
    assertThat(swarm.replicas()).isZero();
    assertThat(traffic.holds.get("web")).as("no cold start was seen yet").isGreaterThan(3600);
  }

  @Test
  void whyNoFirstReplicaStartsIsToldToTheBalancer() {
    min = 0;
    swarm.scale(0);
    ticks(1);
    assertThat(traffic.reasons).containsEntry("web", "");
    traffic.queued = 3;
    traffic.ready = 0;
    traffic.readyAll = false;
    swarm.scale(1);
    swarm.task(1, "shutdown", "rejected", "No such image: web:9");
    round.observe(List.of(service()));
    round.diagnoseCold();
    assertThat(traffic.reasons).containsEntry("web", "No such image: web:9");
  }

  /// A pause holds for a resting service too; whoever waits for it learns why it does not start.
  @Test
  void thatARestingServiceIsPausedIsToldToTheBalancer() {
    min = 0;
    swarm.scale(0);
    ticks(1);
    pause("incident");
    traffic.queued = 1;
    ticks(1);
    assertThat(swarm.replicas()).isZero();
    assertThat(traffic.reasons).containsEntry("web", "autoscaling is paused: incident");
    swarm.scale(1);
    traffic.readyAll = false;
    traffic.ready = 0;
    ticks(1);
    assertThat(traffic.reasons).as("a replica starts").containsEntry("web", "");
  }

  /// Half a second of cold start does not mean that two seconds are in vain.
  @Test
  void requestsWaitForAReplicaForAWhileHoweverQuicklyTheyStart() {
    min = 0;
    ticks(1);
    try (var engines = new EngineFailover(List.of(fake.address()), () -> nowNanos)) {
      var known =
          new Board.Knowledge(Objects.requireNonNull(traffic.loads().get("web")), .5, List.of());
      Board _ =
          engines.ask(engine ->
              ScalerBoard.change(
                  engine,
                  board ->
                      new Board(
                          Map.of("b", new Board.Member(1, Map.of("web", known))),
                          board.actors(),
                          board.paused())));
    }
    ticks(1);
    assertThat(traffic.holds).containsEntry("web", 15.0);
  }

  @Test
  void aWaitingRequestStartsAReplicaAsSoonAsAManagerIsBack() throws Exception {
    min = 0;
    swarm.scale(0);
    ticks(1);
    traffic.rate = 0;
    traffic.queued = 1;
    fake.close();
    ticks(40);
    Files.deleteIfExists(folder.resolve("s"));
    fake = FakeEngine.at(folder.resolve("s"), swarm);
    ticks(3);
    assertThat(swarm.replicas()).isEqualTo(1);
  }

  /// As through a socket proxy that only lets read: waiting would be in vain.
  @Test
  void thatNothingMayBeWrittenIsToldToTheBalancer() {
    min = 0;
    swarm.scale(0);
    traffic.rate = 0;
    ticks(1);
    traffic.queued = 1;
    swarm.forbids("weir socket-proxy: only GET without a body passes here");
    round.observe(List.of(service()));
    round.wake("web", 0);
    assertThat(traffic.reasons.get("web")).contains("only GET without a body passes here");
    swarm.forbids("");
    ticks(3);
    assertThat(swarm.replicas()).isEqualTo(1);
  }

  @Test
  void ofTwoBalancersOneActsOnWhatBothMeasure() {
    ScalingRound other = round("b");
    traffic.rate = 30;
    for (int i = 0; i < 5; i++) {
      nowNanos += 2 * SECOND;
      for (ScalingRound each : List.of(round, other)) {
        each.observe(List.of(service()));
        each.decide(0, 0);
      }
    }
    assertThat(swarm.replicas()).as("for 60 requests a second").isBetween(7, 9);
    assertThat(swarm.label(ScaleLabels.SET)).contains("@a.");
    assertThat(other.reports().get("web")).returns("a", ScaleReport::actor);
  }

  @Test
  void whoLeavesIsReplacedAtOnce() {
    ScalingRound other = round("b");
    ticks(1);
    other.observe(List.of(service()));
    other.decide(0, 0);
    round.leave();
    nowNanos += 4 * SECOND;
    traffic.rate = 60;
    other.observe(List.of(service()));
    other.decide(0, 0);
    assertThat(swarm.label(ScaleLabels.SET)).endsWith("@b.1");
  }

  private ScaleReport report() {
    return Objects.requireNonNull(round.reports().get("web"));
  }

  private void ticks(int count) {
    for (int i = 0; i < count; i++) {
      nowNanos += 2 * SECOND;
      round.observe(List.of(service()));
      round.decide(0, nowNanos / 1_000_000);
    }
  }

  private FollowedService service() {
    ServiceSize size = ServiceSize.of(swarm.service());
    traffic.ready = traffic.readyAll ? size.desired() : traffic.ready;
    return ScaledService.of(min, acts, size);
  }

  /// What the proxy measures.
  private static final class Traffic implements ScaledServices {
    private final Map<String, Double> holds = new HashMap<>();
    private final Map<String, String> reasons = new HashMap<>();
    private boolean readyAll = true;
    private int ready = 2;
    private double rate = 10;
    private int queued;
    private double idle;

    @Override
    public Map<String, ServiceLoad> loads() {
      var estimate =
          new RateEstimate(
              rate, Math.sqrt(rate / 60), 1, 60, Slope.FLAT, Slope.FLAT, rate, rate, 100);
      return Map.of(
          "web",
          new ServiceLoad(
              estimate, 1, new TwoMomentWork(.1, 1), 1, ready, queued, queued * .1, idle));
    }

    @Override
    public Map<String, Set<String>> ready() {
      return Map.of();
    }

    @Override
    public void cold(String service, double holdSeconds, String reason) {
      holds.put(service, holdSeconds);
      reasons.put(service, reason);
    }
  }
}
