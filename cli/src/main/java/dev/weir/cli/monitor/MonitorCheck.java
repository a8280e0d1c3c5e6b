package dev.weir.cli.monitor;

import dev.weir.cli.engine.AgentAccess;
import dev.weir.lab.sampling.MonitorCredentials;
import dev.weir.lab.sampling.SwarmAgents;
import dev.weir.observe.agent.AgentClient;
import dev.weir.observe.agent.ContainerSeries;
import dev.weir.observe.agent.NodeAgent;
import dev.weir.observe.agent.NodeResponse;
import dev.weir.observe.cadvisor.CadvisorSource;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.monitor.MonitoredNode;
import dev.weir.swarm.monitor.MonitoredNodes;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Asks both services on every node whether they respond.
final class MonitorCheck {
  private static final List<String> HEADER =
      List.of("NODE", "STATE", "ADDRESS", "AGENT", "CADVISOR");
  private static final String ABSENT = "-";

  private final MonitoredNodes nodes;
  private final MonitorCredentials credentials;
  private final AgentAccess access;
  private @Nullable AgentClient client;

  MonitorCheck(Engine engine, MonitorCredentials credentials, AgentAccess access) {
    this.nodes = new MonitoredNodes(engine);
    this.credentials = credentials;
    this.access = access;
  }

  /// The result of one node.
  ///
  /// @param node its name
  /// @param state ready, or what else the manager says
  /// @param address where its ports are
  /// @param agent the agent's state, in words
  /// @param agentResponses whether it responded, or none is wanted
  /// @param cadvisor cAdvisor's state, in words
  /// @param cadvisorResponses whether it responded, or none is wanted
  record NodeCheck(
      String node,
      String state,
      String address,
      String agent,
      boolean agentResponses,
      String cadvisor,
      boolean cadvisorResponses) {}

  List<NodeCheck> run() {
    List<MonitoredNode> all = nodes.list();
    boolean agents = nodes.hasAgents();
    boolean cadvisors = nodes.hasCadvisors();
    var checks = new ArrayList<NodeCheck>();
    List<NodeResponse> responses = agents ? ask(all) : List.of();
    for (int i = 0; i < all.size(); i++) {
      MonitoredNode node = all.get(i);
      boolean excused = node.availability().equals("drain");
      boolean responded = agents && responses.get(i) instanceof NodeResponse.Responded;
      String cadvisor = cadvisors ? cadvisor(node) : ABSENT;
      checks.add(
          new NodeCheck(
              node.name(),
              excused ? node.state() + ", drain" : node.state(),
              node.address(),
              agents ? text(responses.get(i)) : ABSENT,
              responded || !agents || excused,
              cadvisor,
              cadvisor.equals(ABSENT) || cadvisor.startsWith("responds") || excused));
    }
    return checks;
  }

  /// Whether at least one service runs, and all respond.
  static boolean good(List<NodeCheck> checks) {
    return checks.stream().allMatch(one -> one.agentResponses() && one.cadvisorResponses())
        && checks.stream().anyMatch(one -> !(one.agent() + one.cadvisor()).equals("--"));
  }

  static List<String> table(List<NodeCheck> checks) {
    var cells = new ArrayList<List<String>>();
    cells.add(HEADER);
    checks.forEach(one ->
        cells.add(List.of(one.node(), one.state(), one.address(), one.agent(), one.cadvisor())));
    int[] widths =
        IntStream.range(0, HEADER.size())
            .map(c -> cells.stream().mapToInt(line -> line.get(c).length()).max().orElse(0))
            .toArray();
    return cells.stream().map(line -> line(line, widths)).toList();
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      line.append(cells.get(c)).append(" ".repeat(widths[c] - cells.get(c).length() + 2));
    }
    return line.toString().stripTrailing();
  }

  private List<NodeResponse> ask(List<MonitoredNode> all) {
    var agents = new SwarmAgents(nodes, access.via());
    List<NodeAgent> asked = all.stream().map(agents::agent).toList();
    try {
      if (client == null) {
        client = new AgentClient(Optional.of(credentials.read()), access.timeout());
      }
      return client.askAll(asked);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return asked.stream()
          .<NodeResponse>map(one -> new NodeResponse.Silent(one.node(), "interrupted"))
          .toList();
    }
  }

  private static String text(NodeResponse response) {
    return switch (response) {
      case NodeResponse.Responded of when !of.problem().isEmpty() ->
          "responds, but " + of.problem();
      case NodeResponse.Responded of ->
          "responds in %d ms, %d containers"
              .formatted(
                  of.roundTrip().toMillis(),
                  of.series().stream().filter(ContainerSeries::running).count());
      case NodeResponse.Silent of -> "no response: " + of.reason();
    };
  }

  private String cadvisor(MonitoredNode node) {
    String absence = node.absence(node.cadvisor());
    if (!absence.isEmpty()) {
      return "no response: " + absence;
    }
    Optional<URI> address =
        SwarmAgents.address("http", node, node.cadvisor().orElseThrow(), access.via());
    if (address.isEmpty()) {
      // Without a published port, only the manager knows about it outside of the network.
      return access.via() == SwarmAgents.Via.NODE
          ? "responds on the overlay network only"
          : "no response: no address yet";
    }
    try {
      int containers = new CadvisorSource(address.get(), node.name()).read(Instant.now()).size();
      return containers == 0 ? "no response: it sees no container" : "responds";
    } catch (IOException e) {
      return "no response: " + e.getMessage();
    }
  }
}
