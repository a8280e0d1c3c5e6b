package dev.weir.cli.swarm;

import dev.weir.cli.engine.EngineOptions;
import dev.weir.cli.option.ExitCode;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.nodes.SwarmNode;
import dev.weir.swarm.nodes.SwarmStatus;
import dev.weir.term.Terminal;
import dev.weir.term.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `weir swarm status`.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    header = "Show the swarm's nodes, and what is wrong with it.",
    description =
        "Exits with 0 if all nodes are ready, and with 1 if not, or if there is no swarm.",
    footerHeading = "%nExamples:%n",
    footer = {"  weir swarm status", "  weir swarm status --context lab --json"})
final class SwarmStatusCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private EngineOptions engine;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final Terminal terminal = Terminal.system();

  @Override
  public Integer call() {
    try (Engine connected = engine.connect()) {
      SwarmStatus status = SwarmStatus.of(connected);
      if (json) {
        terminal.print(status.json());
      } else {
        report(connected, status);
      }
      return status.isHealthy() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private void report(Engine connected, SwarmStatus status) {
    if (!status.isInSwarm()) {
      terminal.print(
          "%s is in no swarm (start one: weir swarm init; or join one: weir swarm join HOST)"
              .formatted(connected.address()));
      return;
    }
    terminal.print(
        "%s is a %s in a swarm, state %s"
            .formatted(
                connected.address(), status.manager() ? "manager" : "worker", status.state()));
    if (!status.error().isEmpty()) {
      terminal.print("error: " + status.error());
    }
    terminal.print(
        "managers: " + (status.managers().isEmpty() ? "-" : String.join(", ", status.managers())));
    if (status.manager()) {
      terminal.print("");
      table(status).lines().forEach(terminal::print);
      warnings(status.nodes()).forEach(terminal::print);
    } else {
      terminal.print("a worker does not know the other nodes; ask a manager (--host, --context)");
    }
  }

  private static TextTable table(SwarmStatus status) {
    var table =
        new TextTable(
            "NODE", "ROLE", "STATE", "AVAILABILITY", "ADDRESS", "ENGINE", "CORES", "MEMORY", "ID");
    for (SwarmNode node : status.nodes()) {
      table.add(
          node.hostname() + (node.id().equals(status.nodeId()) ? " *" : ""),
          node.leader() ? "leader" : node.role(),
          node.reachability().equals("unreachable") ? "unreachable" : node.state(),
          node.availability(),
          node.address(),
          node.engineVersion(),
          String.format(Locale.ROOT, "%.4g", node.cores()).replaceFirst("\\.0*$", ""),
          String.format(Locale.ROOT, "%.1f GB", node.memoryBytes() / 1e9),
          node.id().substring(0, Math.min(12, node.id().length())));
    }
    return table;
  }

  /// Risks of a swarm that is healthy now.
  private static List<String> warnings(List<SwarmNode> nodes) {
    long managers = nodes.stream().filter(node -> node.role().equals("manager")).count();
    List<SwarmNode> unready = nodes.stream().filter(node -> !node.isReady()).toList();
    var lines = new ArrayList<String>();
    unready.forEach(node ->
        lines.add(
            "warning: %s is %s%s"
                .formatted(
                    node.hostname(),
                    node.state().equals("ready") ? node.reachability() : node.state(),
                    node.reason().isEmpty() ? "" : ": " + node.reason())));
    if (managers % 2 == 0) {
      lines.add(
          "warning: %d managers tolerate no more failures than %d; use an odd number"
              .formatted(managers, managers - 1));
    }
    return lines;
  }
}
