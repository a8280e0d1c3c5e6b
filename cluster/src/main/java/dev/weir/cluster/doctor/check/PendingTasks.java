package dev.weir.cluster.doctor.check;

import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.ServiceFacts;
import dev.weir.cluster.doctor.fact.TaskFacts;
import dev.weir.cluster.doctor.finding.Findings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Tasks that wait for a node that takes them.
final class PendingTasks extends EngineCheck {
  private static final Set<String> WAITING = Set.of("new", "allocated", "pending");
  private static final Duration NORMAL = Duration.ofSeconds(5);

  PendingTasks() {
    super("pending", "/services", "/tasks");
  }

  @Override
  void examine(EngineFacts engine, Facts facts, Findings into) {
    for (ServiceFacts service : engine.services()) {
      List<TaskFacts> waiting =
          engine.tasksOf(service).stream()
              .filter(task -> WAITING.contains(task.state()) && task.isWanted())
              .filter(task ->
                  task.since()
                      .map(since -> Duration.between(since, facts.at()).compareTo(NORMAL) > 0)
                      .orElse(true))
              .toList();
      if (!waiting.isEmpty()) {
        report(service, waiting, facts, into);
      }
    }
  }

  private static void report(
      ServiceFacts service, List<TaskFacts> waiting, Facts facts, Findings into) {
    TaskFacts first = waiting.getFirst();
    String age =
        first.since().map(at -> " for " + Words.time(Duration.between(at, facts.at()))).orElse("");
    String error = first.error().isEmpty() ? "no reason is given" : first.error();
    into.warning(
        service.name(),
        "%s of it %s%s: %s"
            .formatted(
                Words.count(waiting.size(), "task"),
                waiting.size() == 1 ? "waits" : "wait",
                age,
                error),
        why(error),
        fix(service, error));
  }

  private static String why(String error) {
    return error.contains("insufficient resources")
        ? "No node has as much unreserved as the service reserves."
        : error.contains("constraint")
            ? "No node is what the service asks for."
            : "They start as soon as a node takes them.";
  }

  private static String[] fix(ServiceFacts service, String error) {
    String look =
        "docker service inspect --pretty %s  # its constraints and reservations"
            .formatted(service.name());
    if (error.contains("insufficient resources")) {
      return new String[] {
        look,
        "add a node, or: docker service update --reserve-cpu N --reserve-memory SIZE "
            + service.name()
      };
    }
    return error.contains("constraint")
        ? new String[] {
          look,
          "docker node update --label-add NAME=VALUE NODE, or docker service update --constraint-rm"
              + " 'CONSTRAINT' "
              + service.name()
        }
        : new String[] {look, "docker service ps --no-trunc " + service.name()};
  }
}
