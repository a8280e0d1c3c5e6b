package dev.weir.cli.cluster;

import dev.weir.base.JsonText;
import dev.weir.cli.option.ExitCode;
import dev.weir.cluster.form.ClusterAccess;
import dev.weir.cluster.form.FormException;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.swarm.nodes.SwarmNode;
import dev.weir.swarm.nodes.SwarmStatus;
import dev.weir.term.Terminal;
import dev.weir.term.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `weir cluster status`.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    header = "Show a cluster's machines, and their state in the swarm.",
    description = "Exits with 0 if all machines respond and are Ready, else with 1.",
    footerHeading = "%nExamples:%n",
    footer = {"  weir cluster status", "  weir cluster status --name demo --json"})
final class ClusterStatusCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private ClusterName name;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final Terminal terminal = Terminal.system();

  @Override
  public Integer call() {
    ClusterRecord cluster = name.existing();
    try (ClusterAccess access =
        ClusterAccess.of(cluster, name.store().knownHosts(cluster.name()))) {
      List<SwarmNode> nodes = List.of();
      String problem = "";
      try {
        nodes = SwarmStatus.of(access.manager(Optional.empty())).nodes();
      } catch (FormException e) {
        problem = String.valueOf(e.getMessage());
      }
      List<Map<String, Object>> rows = rows(cluster, access, nodes);
      print(cluster, rows, problem);
      boolean healthy = problem.isEmpty() && rows.stream().allMatch(ClusterStatusCommand::isReady);
      return healthy ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private void print(ClusterRecord cluster, List<Map<String, Object>> rows, String problem) {
    if (json) {
      var tree = new LinkedHashMap<String, Object>();
      tree.put("cluster", cluster.name());
      tree.put("nodes", rows);
      tree.put("problem", problem);
      terminal.print(JsonText.of(tree).strip());
      return;
    }
    var table = new TextTable("NODE", "ROLE", "STATE", "AVAILABILITY", "ADDRESS", "ENGINE", "SSH");
    for (Map<String, Object> row : rows) {
      table.add(
          List.of("name", "role", "state", "availability", "address", "engine", "ssh").stream()
              .map(key -> String.valueOf(row.get(key)))
              .toArray(String[]::new));
    }
    table.lines().forEach(terminal::print);
    problem.lines().forEach(line -> terminal.report("weir: " + line));
  }

  /// A row for each machine that is written down, then for each node that is not.
  private static List<Map<String, Object>> rows(
      ClusterRecord cluster, ClusterAccess access, List<SwarmNode> nodes) {
    var rows = new ArrayList<Map<String, Object>>();
    Map<NodeRecord, String> absent = access.unreachable();
    var strangers = new ArrayList<>(nodes);
    for (NodeRecord node : cluster.nodes()) {
      Optional<SwarmNode> seen =
          nodes.stream().filter(one -> node.nodeId().equals(Optional.of(one.id()))).findFirst();
      seen.ifPresent(strangers::remove);
      String otherwise = absent.containsKey(node) ? "no login" : "not in the swarm";
      Map<String, Object> row = row(node.name(), seen, otherwise);
      row.put("ssh", absent.containsKey(node) ? "no: " + absent.get(node) : node.address());
      rows.add(row);
    }
    for (SwarmNode node : strangers) {
      Map<String, Object> row = row(node.hostname(), Optional.of(node), "");
      row.put("ssh", "not known");
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, Object> row(String name, Optional<SwarmNode> seen, String otherwise) {
    var row = new LinkedHashMap<String, Object>();
    row.put("name", name);
    row.put("role", seen.map(one -> one.leader() ? "leader" : one.role()).orElse(""));
    row.put("state", seen.map(ClusterStatusCommand::state).orElse(otherwise));
    row.put("availability", seen.map(SwarmNode::availability).orElse(""));
    row.put("address", seen.map(SwarmNode::address).orElse(""));
    row.put("engine", seen.map(SwarmNode::engineVersion).orElse(""));
    return row;
  }

  private static String state(SwarmNode node) {
    return node.reachability().equals("unreachable") ? "unreachable" : node.state();
  }

  private static boolean isReady(Map<String, Object> row) {
    return "ready".equals(row.get("state")) && !String.valueOf(row.get("ssh")).startsWith("no: ");
  }
}
