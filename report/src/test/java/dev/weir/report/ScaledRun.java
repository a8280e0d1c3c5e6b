package dev.weir.report;

import dev.weir.run.ReplicaCounts;
import dev.weir.run.RunEvent;
import dev.weir.run.RunInfo;
import dev.weir.run.RunRecord;
import dev.weir.run.ScaleDecided;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Adds autoscaling to a run: a service that goes from one replica to three, and back to two.
final class ScaledRun {
  private ScaledRun() {}

  /// The run with counts of replicas, decisions and a promise.
  static RunRecord of(RunRecord run) {
    var events = new ArrayList<RunEvent>();
    events.add(run.events().getFirst());
    counts(events, 0, 1, 1, 1);
    decided(events, 10, 1, 3, "scaled: λ=20±2/s: p99 2.1 s with 1, 240 ms with 3 -> 3 (base)");
    counts(events, 11, 3, 1, 3);
    counts(events, 16, 3, 3, 3);
    decided(events, 30, 3, 2, "scaled: λ=9±2/s: p99 310 ms with 2 -> 2 (base)");
    counts(events, 31, 2, 2, 3);
    events.addAll(run.events().subList(1, run.events().size()));
    var facts = new LinkedHashMap<>(run.info().facts());
    facts.put("promise", "p99<300ms");
    RunInfo info = run.info();
    return new RunRecord(
        new RunInfo(info.id(), info.title(), info.startedAt(), info.command(), info.seed(), facts),
        run.requests(),
        run.samples(),
        events,
        run.certificate());
  }

  private static void counts(
      List<RunEvent> events, int second, int desired, int running, int existing) {
    String text = new ReplicaCounts(desired, running, existing).text();
    events.add(
        new RunEvent(SyntheticRun.START.plusSeconds(second), ReplicaCounts.KIND, "web", text));
  }

  private static void decided(
      List<RunEvent> events, int second, int before, int replicas, String words) {
    String text = new ScaleDecided(before, replicas, words).text();
    events.add(
        new RunEvent(SyntheticRun.START.plusSeconds(second), ScaleDecided.KIND, "web", text));
  }
}
