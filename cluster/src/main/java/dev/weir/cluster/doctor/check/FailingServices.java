package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.ServiceFacts;
import dev.weir.cluster.doctor.fact.TaskFacts;
import dev.weir.cluster.doctor.finding.Findings;
import dev.weir.cluster.doctor.finding.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Services whose tasks fail again and again.
final class FailingServices extends EngineCheck {
  private static final Set<String> FAILED = Set.of("failed", "rejected");
  private static final Duration RECENT = Duration.ofMinutes(10);
  private static final int LOOP_MIN = 3;

  FailingServices() {
    super("failing", "/services", "/tasks");
  }

  @Override
  void examine(EngineFacts engine, Facts facts, Findings into) {
    for (ServiceFacts service : engine.services()) {
      List<TaskFacts> tasks = engine.tasksOf(service);
      List<TaskFacts> failed =
          tasks.stream()
              .filter(task -> FAILED.contains(task.state()))
              .filter(task ->
                  task.since().map(at -> at.isAfter(facts.at().minus(RECENT))).orElse(false))
              .sorted(Comparator.comparing(task -> task.since().orElse(Instant.EPOCH)))
              .toList();
      if (failed.size() >= LOOP_MIN) {
        report(engine, service, tasks, failed, into);
      }
    }
  }

  private static void report(
      EngineFacts engine,
      ServiceFacts service,
      List<TaskFacts> tasks,
      List<TaskFacts> failed,
      Findings into) {
    long running =
        tasks.stream().filter(task -> task.isWanted() && task.state().equals("running")).count();
    TaskFacts last = failed.getLast();
    String node = last.nodeId().isEmpty() ? "" : " on " + engine.nameOf(last.nodeId());
    String wanted = service.replicas().isPresent() ? " of " + service.replicas().getAsInt() : "";
    into.add(
        running == 0 ? Severity.CRITICAL : Severity.WARNING,
        service.name(),
        "%d of its tasks failed in 10 min, %d%s run; the last%s: %s"
            .formatted(
                failed.size(),
                running,
                wanted,
                node,
                last.error().isEmpty() ? "no reason" : last.error()),
        running == 0
            ? "Nothing of it runs: it starts, fails, and starts again."
            : "Some of it starts, fails, and starts again.",
        "docker service ps --no-trunc " + service.name(),
        "docker service logs --tail 50 " + service.name(),
        "if an update brought it: docker service rollback " + service.name());
  }
}
