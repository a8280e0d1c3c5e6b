package dev.weir.report;

import dev.weir.run.ContainerSample;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Short names for swarm tasks: `web.1` for `web.1.y99j9qk7rhzcmfsabv4t37ctc`, `agent@w1` for a
/// task of a global service.
///
/// If several tasks had the same slot during a run, the beginning of their ids is added. A balancer
/// names replicas by the first twelve characters of the task's id; they get the same name as their
/// container, and so the same colour.
final class ShownNames {
  private static final Pattern TASK =
      Pattern.compile("(.+)\\.([0-9]{1,9}|[a-z0-9]{25})\\.([a-z0-9]{12}|[a-z0-9]{25})");

  private static final int REPLICA_ID = 12;
  private static final int APART = 5;

  private final Map<String, String> shown = new HashMap<>();

  private ShownNames(RunRecord run) {
    Map<String, String> nodes = nodes(run);
    var names = new TreeSet<>(run.samples().keySet());
    run.requests().forEach(request -> names.add(request.replica()));
    Map<String, Set<String>> tasks = new TreeMap<>();
    for (String name : names) {
      Matcher task = TASK.matcher(name);
      if (task.matches()) {
        tasks.computeIfAbsent(place(task, nodes), _ -> new HashSet<>()).add(id(task));
      }
    }
    for (String name : names) {
      Matcher task = TASK.matcher(name);
      if (task.matches()) {
        String place = place(task, nodes);
        boolean alone = tasks.getOrDefault(place, Set.of()).size() == 1 && !names.contains(place);
        shown.put(name, alone ? place : place + "." + id(task).substring(0, APART));
      }
    }
  }

  static ShownNames of(RunRecord run) {
    return new ShownNames(run);
  }

  /// The run with all containers and replicas renamed.
  static RunRecord applied(RunRecord run) {
    ShownNames names = of(run);
    if (names.shown.isEmpty()) {
      return run;
    }
    var samples = new TreeMap<String, List<ContainerSample>>();
    run.samples().forEach((name, values) -> samples.put(names.of(name), values));
    List<RequestRecord> requests =
        run.requests().stream()
            .map(request -> request.respondedBy(names.of(request.replica())))
            .toList();
    return new RunRecord(run.info(), requests, samples, run.events(), run.certificate());
  }

  String of(String name) {
    return shown.getOrDefault(name, name);
  }

  /// The node of each sampled task, by the id that replicas have.
  private static Map<String, String> nodes(RunRecord run) {
    var nodes = new HashMap<String, String>();
    run.samples()
        .forEach((name, samples) -> {
          Matcher task = TASK.matcher(name);
          if (task.matches() && !samples.isEmpty()) {
            nodes.put(id(task), samples.getLast().node());
          }
        });
    return nodes;
  }

  private static String place(Matcher task, Map<String, String> nodes) {
    boolean slotted = task.group(2).length() < REPLICA_ID;
    String node = nodes.getOrDefault(id(task), task.group(2));
    return slotted ? task.group(1) + "." + task.group(2) : task.group(1) + "@" + node;
  }

  private static String id(Matcher task) {
    return task.group(3).substring(0, REPLICA_ID);
  }
}
