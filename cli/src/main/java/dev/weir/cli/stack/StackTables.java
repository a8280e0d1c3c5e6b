package dev.weir.cli.stack;

import dev.weir.swarm.stack.StackListing;
import dev.weir.swarm.stack.StackListing.Node;
import dev.weir.swarm.stack.StackListing.Service;
import dev.weir.swarm.stack.StackListing.Task;
import dev.weir.term.TextTable;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Tables of stacks, services and tasks, like those of the docker command.
final class StackTables {
  private static final int ID_LETTERS = 12;
  private static final int ERROR_LETTERS = 40;

  private StackTables() {}

  static List<String> services(List<Service> services) {
    TextTable table = new TextTable("ID", "NAME", "MODE", "REPLICAS", "IMAGE", "PORTS");
    for (Service each : services) {
      table.add(
          cut(each.id()),
          each.name(),
          each.mode(),
          each.running() + "/" + each.desired(),
          each.image(),
          each.ports());
    }
    return table.lines();
  }

  static List<String> tasks(List<Task> tasks, boolean whole) {
    TextTable table =
        new TextTable(
            "ID", "NAME", "IMAGE", "NODE", "DESIRED STATE", "CURRENT STATE", "ERROR", "PORTS");
    String above = "";
    for (Task each : tasks) {
      // Earlier tasks of a slot stand below the present one.
      String name = each.name().equals(above) ? " \\_ " + each.name() : each.name();
      above = each.name();
      table.add(
          whole ? each.id() : cut(each.id()),
          name,
          each.image(),
          each.node(),
          capital(each.desired()),
          capital(each.state()) + " " + ago(each.since()),
          whole ? each.error() : shortened(each.error()),
          each.ports());
    }
    return table.lines();
  }

  /// The swarm as a tree: every node with what runs there.
  static List<String> tree(StackListing listing) {
    return tree(listing.nodes(), listing.services(), listing.tasks());
  }

  /// The same of what was listed.
  static List<String> tree(List<Node> nodes, List<Service> services, List<Task> tasks) {
    List<String> lines = new ArrayList<>();
    for (Node node : nodes) {
      lines.add(
          "%s  %s%s, %s%s"
              .formatted(
                  node.name(),
                  node.role(),
                  node.leader() ? " (leader)" : "",
                  node.state(),
                  node.availability().equals("active") ? "" : ", " + node.availability()));
      branch(tasks, node.name(), lines);
    }
    if (tasks.stream().anyMatch(task -> task.node().isEmpty())) {
      lines.add("on no node yet");
      branch(tasks, "", lines);
    }
    lines.add("");
    TextTable table = new TextTable("SERVICE", "STACK", "MODE", "REPLICAS", "IMAGE", "PORTS");
    services.forEach(each ->
        table.add(
            each.name(),
            each.stack(),
            each.mode(),
            each.running() + "/" + each.desired(),
            each.image(),
            each.ports()));
    lines.addAll(services.isEmpty() ? List.of("no services") : table.lines());
    return lines;
  }

  private static void branch(List<Task> tasks, String node, List<String> lines) {
    List<Task> here = tasks.stream().filter(task -> task.node().equals(node)).toList();
    for (int i = 0; i < here.size(); i++) {
      Task task = here.get(i);
      lines.add(
          "%s %s  %s%s%s"
              .formatted(
                  i == here.size() - 1 ? "`-" : "|-",
                  task.slot() == 0 ? task.service() : task.name(),
                  task.state() + " " + ago(task.since()),
                  task.ports().isEmpty() ? "" : "  " + task.ports(),
                  task.error().isEmpty() ? "" : "  (" + shortened(task.error()) + ")"));
    }
  }

  private static String cut(String id) {
    return id.substring(0, Math.min(ID_LETTERS, id.length()));
  }

  private static String shortened(String error) {
    return error.length() > ERROR_LETTERS ? error.substring(0, ERROR_LETTERS - 3) + "..." : error;
  }

  private static String capital(String word) {
    return word.isEmpty()
        ? word
        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String ago(String since) {
    try {
      Duration age = Duration.between(Instant.parse(since), Instant.now());
      if (age.toDays() > 1) {
        return age.toDays() + " days ago";
      }
      if (age.toHours() > 1) {
        return age.toHours() + " hours ago";
      }
      return age.toMinutes() > 1
          ? age.toMinutes() + " minutes ago"
          : Math.max(0, age.toSeconds()) + " seconds ago";
    } catch (DateTimeParseException e) {
      return since;
    }
  }
}
