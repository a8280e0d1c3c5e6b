package dev.weir.console.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.swarm.scale.Board;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What the source keeps stays small, however much happens; and polling keeps to its part of a
/// core.
final class SourceBoundsTest {
  private static TaskSeen task(String id, String state, long sinceMillis) {
    String json = PlayedObjects.task(id, "s1", 1, state, "shutdown");
    TaskSeen read = TaskSeen.of(JsonMapper.shared().readTree(json));
    return new TaskSeen(
        id,
        read.service(),
        read.slot(),
        read.node(),
        state,
        read.desired(),
        sinceMillis,
        0,
        read.error(),
        read.exitCode(),
        read.image(),
        read.addresses(),
        read.hostPorts(),
        0,
        0);
  }

  @Test
  void endedTasksStayFiveMinutes() {
    var ended = new EndedTasks();
    ended.note(List.of(task("t1", "failed", 1_000)), 1_000);
    assertThat(ended.kept(300_999)).hasSize(1);
    assertThat(ended.kept(301_000)).isEmpty();
  }

  @Test
  void theOldestOfTooManyEndedTasksGo() {
    var ended = new EndedTasks();
    List<TaskSeen> all =
        IntStream.range(0, 3 * EndedTasks.KEPT_MAX)
            .mapToObj(i -> task("t" + i, "failed", 1_000 + i))
            .toList();
    ended.note(all, 5_000);
    List<TaskSeen> kept = ended.kept(5_000);
    assertThat(kept).hasSize(EndedTasks.KEPT_MAX);
    assertThat(kept.getLast().id()).isEqualTo("t" + (3 * EndedTasks.KEPT_MAX - 1));
  }

  /// A balancer repeats its latest decisions with each status.
  @Test
  void aDecisionIsKeptOnceAndTheNewestStay() {
    var book = new DecisionBook();
    for (int i = 0; i < 20_000; i++) {
      var decision = new DecisionSeen(i, "web", 1, 2, "scaled", "why", "a");
      book.take(SwarmSeen.NONE, List.of(), List.of(decision, decision));
    }
    assertThat(book.all()).hasSize(DecisionBook.KEPT);
    assertThat(book.all().getLast().value().atMillis()).isEqualTo(19_999);
    assertThat(book.all().getLast().number()).isEqualTo(20_000);
  }

  @Test
  void aSeriesIsAnHour() {
    var book = new SeriesBook();
    for (long step = 1; step <= 3L * SeriesBook.STEPS; step++) {
      var figures = new SeriesBook.Figures(step, 0, 0, Double.NaN, 0, 0, 0);
      book.add(Map.of("s1", figures), step * SeriesBook.STEP_MILLIS);
    }
    var json = JsonMapper.shared().readTree(book.json("s1").orElseThrow());
    assertThat(json.path("t").size()).isEqualTo(SeriesBook.STEPS);
    assertThat(json.path("arrivals").get(0).asInt()).isEqualTo(2 * SeriesBook.STEPS + 1);
    assertThat(json.path("p50").get(0).isNull()).isTrue();
    assertThat(book.json("s2")).isEmpty();
  }

  /// A poll of 80 ms, as of 2,000 tasks, with events all the time.
  @Test
  void pollingKeepsToItsPartOfACore() {
    long costNanos = 80_000_000;
    var budget = new PollBudget(.012, 1_000_000_000L, 250_000_000L, 0);
    long nowNanos = 0;
    long usedNanos = 0;
    while (nowNanos < 600_000_000_000L) {
      usedNanos += costNanos;
      budget.polled(costNanos, nowNanos);
      nowNanos = Math.max(nowNanos + 1, budget.dueNanos(true));
    }
    assertThat((double) usedNanos / nowNanos).isLessThan(.015);
  }

  @Test
  void aSmallSwarmIsPolledEverySecond() {
    var budget = new PollBudget(.012, 1_000_000_000L, 250_000_000L, 0);
    budget.polled(2_000_000, 1_000_000_000L);
    assertThat(budget.dueNanos(false)).isEqualTo(2_000_000_000L);
  }

  /// The first poll of a cold process took 400 ms.
  @Test
  void aColdStartDelaysNothing() {
    var budget = new PollBudget(.008, 1_000_000_000L, 500_000_000L, 0);
    budget.polled(400_000_000, 0);
    assertThat(budget.dueNanos(true)).isLessThanOrEqualTo(1_000_000_000L);
  }

  @Test
  void differencesAreSaidInWords() {
    var json = JsonMapper.shared();
    SwarmSeen before = swarm(json, "ready", 2, "running");
    SwarmSeen after = swarm(json, "down", 5, "failed");
    assertThat(new SwarmDifferences(before, after).events())
        .extracting(EventSeen::text)
        .containsExactly(
            "m1 is down", "web was scaled from 2 to 5", "web.1 on m1 failed: exit 137");
    assertThat(new SwarmDifferences(SwarmSeen.NONE, after).events()).isEmpty();
  }

  private static SwarmSeen swarm(JsonMapper json, String node, int replicas, String task) {
    return new SwarmSeen(
        1,
        "",
        "",
        "",
        List.of(NodeSeen.of(json.readTree(PlayedObjects.node("n1", "m1", node)))),
        List.of(ServiceSeen.of(json.readTree(PlayedObjects.service("s1", "web", replicas, "")))),
        List.of(TaskSeen.of(json.readTree(PlayedObjects.task("t1", "s1", 1, task, "running")))),
        Board.EMPTY,
        "");
  }
}
