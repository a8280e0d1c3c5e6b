package dev.weir.console.source;

import dev.weir.console.model.Entity;
import dev.weir.console.source.ServiceEntities.Totals;
import java.util.ArrayList;
import java.util.List;

/// The strip above all of a picture, with what is missing in words.
///
/// @param view what the picture is made of
record ClusterEntity(View view) {
  private static final int MISSING_MAX = 12;
  private static final long LATE_MILLIS = 10_000;

  Entity of(Totals totals, String version) {
    SwarmSeen swarm = view.swarm();
    List<NodeSeen> managers = swarm.nodes().stream().filter(NodeSeen::isManager).toList();
    var fields =
        new Fields()
            .text("id", swarm.clusterId())
            .text("engine", swarm.engine())
            .text("version", version)
            .count("nodesReady", swarm.nodes().stream().filter(NodeSeen::isReady).count())
            .count("nodes", swarm.nodes().size())
            .count("managersReachable", managers.stream().filter(NodeSeen::reachable).count())
            .count("managers", managers.size())
            .instant("knownAt", view.hasManagers() ? swarm.readMillis() : view.nowMillis())
            .text("source", swarm.source())
            .text("failure", view.failure())
            .texts("missing", missing())
            .truth("writes", view.writes())
            .count("promisesKept", totals.kept())
            .count("promises", totals.promises())
            .count("running", totals.running())
            .count("desired", totals.desired());
    if (view.balancers().stream().anyMatch(one -> one.weight(view.nowMillis()) > 0)) {
      fields.number("arrivals", totals.arrivals()).count("queued", Math.round(totals.queued()));
    }
    return new Entity("cluster", fields.text());
  }

  private List<String> missing() {
    var lines = new ArrayList<String>();
    manager(lines);
    balancers(lines);
    String board = view.swarm().boardFailure();
    if (!board.isEmpty()) {
      lines.add("who scales and what is paused: the board cannot be read: " + board);
    }
    lines.addAll(view.usage().missing());
    return lines.size() <= MISSING_MAX
        ? lines
        : more(lines.subList(0, MISSING_MAX - 1), lines.size() - MISSING_MAX + 1);
  }

  private static List<String> more(List<String> lines, int count) {
    var all = new ArrayList<>(lines);
    all.add("and %d more".formatted(count));
    return all;
  }

  private void manager(List<String> lines) {
    if (!view.hasManagers()) {
      lines.add("nodes and tasks: no manager is asked (this balancer follows no swarm)");
    } else if (view.swarm().readMillis() == 0) {
      lines.add(
          "nodes, services and tasks: "
              + (view.failure().isEmpty() ? "not read yet" : view.failure()));
    } else if (!view.failure().isEmpty()) {
      lines.add(
          "changes since %s: no manager responds: %s"
              .formatted(
                  java.time.Instant.ofEpochMilli(view.swarm().readMillis() / 1000 * 1000),
                  view.failure()));
    }
  }

  private void balancers(List<String> lines) {
    if (view.balancers().isEmpty()) {
      lines.add(
          "arrivals, queues and response times: no balancer is known (name one by --balancer URL, or"
              + " give the balancers' service the label weir.admin with the port of --admin)");
    }
    for (BalancerSeen one : view.balancers()) {
      if (one.failure().isEmpty()) {
        continue;
      }
      boolean isLate = view.nowMillis() - one.knownMillis() > LATE_MILLIS;
      if (one.knownMillis() == 0) {
        lines.add("what balancer %s knows: %s".formatted(one.name(), one.failure()));
      } else if (isLate) {
        lines.add(
            "what balancer %s knows: no response; its last figures fade: %s"
                .formatted(one.name(), one.failure()));
      }
    }
  }
}
