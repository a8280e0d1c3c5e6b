package dev.weir.console.source;

import dev.weir.console.model.Entity;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The machines of a picture.
///
/// @param view what the picture is made of
record NodeEntities(View view) {
  /// @param cpus cores
  /// @param bytes memory
  private record Reserved(double cpus, long bytes) {
    Reserved plus(TaskSeen task) {
      return new Reserved(cpus + task.reservedCpus(), bytes + task.reservedBytes());
    }
  }

  void addTo(Consumer<Entity> picture) {
    Map<String, Reserved> reserved = new HashMap<>();
    for (TaskSeen task : view.swarm().tasks()) {
      if (task.isWanted() && !task.node().isEmpty()) {
        Reserved before = reserved.getOrDefault(task.node(), new Reserved(0, 0));
        reserved.put(task.node(), before.plus(task));
      }
    }
    for (NodeSeen node : view.swarm().nodes()) {
      Reserved own = reserved.getOrDefault(node.id(), new Reserved(0, 0));
      picture.accept(new Entity("node/" + node.id(), json(node, own)));
    }
  }

  private String json(NodeSeen node, Reserved reserved) {
    var fields =
        new Fields()
            .text("id", node.id())
            .text("name", node.name())
            .text("role", node.role())
            .truth("leader", node.leader())
            .text("state", node.state())
            .text("availability", node.availability())
            .text("address", node.address())
            .number("cpus", node.cpus())
            .count("memory", node.memoryBytes())
            .text("engine", node.engine())
            .instant("downSince", view.downMillis().getOrDefault(node.id(), 0L))
            .number("reservedCpus", reserved.cpus)
            .count("reservedMemory", reserved.bytes);
    UsageBook.Used used = view.usage().nodes().get(node.name());
    if (used != null) {
      fields
          .number("usedCpus", used.cpus())
          .number("usedMemory", used.memoryBytes())
          .count("usageAge", age(used.atMillis()));
    }
    return fields.text("problem", problem(node)).text();
  }

  /// In seconds, in steps of ten, so that a figure that is new does not change by its age alone.
  private long age(long atMillis) {
    return Math.max(0, (view.nowMillis() - atMillis) / 10_000 * 10);
  }

  private static String problem(NodeSeen node) {
    if (!node.isReady()) {
      return node.problem().isEmpty() ? "the node is " + node.state() : node.problem();
    }
    return node.isManager() && !node.reachable() ? "the other managers do not reach it" : "";
  }
}
