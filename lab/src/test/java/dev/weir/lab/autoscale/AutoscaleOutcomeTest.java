package dev.weir.lab.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.run.ReplicaCounts;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunEvent;
import dev.weir.run.RunInfo;
import dev.weir.run.RunRecord;
import dev.weir.scale.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a recorded run shows of a rule: cost, late requests, bad windows, starts and scalings.
final class AutoscaleOutcomeTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /// The load begins two seconds after the recording.
  private static final double ZERO = 2;

  private static final Duration DURATION = Duration.ofSeconds(60);

  private final List<RunEvent> events = new ArrayList<>();
  private final List<RequestRecord> requests = new ArrayList<>();

  AutoscaleOutcomeTest() {
    event(0, "load-started", "", "the load begins");
  }

  @Test
  void replicasCostFromTheirOrderToTheirEndWithinTheLoad() {
    counts(-1, 1, 1, 1);
    counts(10, 3, 1, 3);
    counts(15, 3, 3, 3);
    counts(40, 2, 2, 3);
    counts(45, 2, 2, 2);
    counts(70, 9, 2, 9);
    AutoscaleOutcome outcome = outcome();
    assertThat(outcome.replicaSeconds()).isEqualTo(10 * 1 + 35 * 3 + 15 * 2, within(1e-9));
    assertThat(outcome.scalings()).isEqualTo(2);
  }

  @Test
  void countsOfOtherServicesDoNotCount() {
    counts(0, 1, 1, 1);
    event(5, ReplicaCounts.KIND, "other", new ReplicaCounts(7, 7, 7).text());
    assertThat(outcome().replicaSeconds()).isEqualTo(60, within(1e-9));
  }

  @Test
  void onlyReplicasThatBeginToRunDuringTheLoadAreStarted() {
    event(-1, "task-running", "web.1.a", "runs on m1");
    event(5, "task-running", "web.2.b", "runs on m1");
    event(6, "task-running", "webshop.2.c", "runs on m1");
    event(7, "task-ended", "web.1.a", "shutdown");
    event(61, "task-running", "web.3.d", "runs on m1");
    assertThat(outcome().started()).isEqualTo(1);
  }

  @Test
  void lateRequestsAndBadWindowsAreByDueTime() {
    // Ten seconds with 200 requests: two late ones are what the promise allows, three are not.
    for (int i = 0; i < 600; i++) {
      double due = i / 20.0;
      boolean isLate = i < 2 || (i >= 200 && i < 203);
      request(due, isLate ? 1.001 : 1.0, 200);
    }
    AutoscaleOutcome outcome = outcome();
    assertThat(outcome.requests()).isEqualTo(600);
    assertThat(outcome.lateShare()).isEqualTo(5 / 600.0, within(1e-12));
    assertThat(outcome.badShare()).isEqualTo(1 / 3.0, within(1e-12));
    assertThat(outcome.longestSeconds()).isEqualTo(1.001, within(1e-9));
  }

  @Test
  void aQuickFailureIsLateToo() {
    request(1, 0.01, 503);
    request(2, 0.01, 200);
    AutoscaleOutcome outcome = outcome();
    assertThat(outcome.failed()).isEqualTo(1);
    assertThat(outcome.lateShare()).isEqualTo(0.5);
  }

  @Test
  void shortRunsHaveShortWindows() {
    assertThat(AutoscaleOutcome.window(Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(10));
    assertThat(AutoscaleOutcome.window(Duration.ofMinutes(10))).isEqualTo(Duration.ofMinutes(1));
  }

  private void counts(double second, int desired, int running, int existing) {
    event(second, ReplicaCounts.KIND, "web", new ReplicaCounts(desired, running, existing).text());
  }

  private void event(double second, String kind, String subject, String text) {
    Instant at = START.plusNanos(Math.round((ZERO + second) * 1e9));
    events.add(new RunEvent(at, kind, subject, text));
  }

  private void request(double dueSecond, double latencySeconds, int status) {
    long due = Math.round((ZERO + dueSecond) * 1e9);
    requests.add(
        new RequestRecord(
            requests.size(), due, due, due + Math.round(latencySeconds * 1e9), status, 10, "", ""));
  }

  private AutoscaleOutcome outcome() {
    var info = new RunInfo("r", "weir", START, "weir compare", 1, Map.of());
    var run = new RunRecord(info, requests, Map.of(), events, Optional.empty());
    return AutoscaleOutcome.of(run, "web", Promise.parse("p99<1s"), DURATION);
  }
}
