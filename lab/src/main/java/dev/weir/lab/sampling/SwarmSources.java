package dev.weir.lab.sampling;

import dev.weir.lab.sampling.SamplingSettings.Source;
import dev.weir.observe.agent.AgentClient;
import dev.weir.observe.agent.AgentSource;
import dev.weir.observe.agent.NodeAgent;
import dev.weir.observe.cadvisor.CadvisorSource;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.monitor.Monitor;
import dev.weir.swarm.monitor.MonitoredNode;
import dev.weir.swarm.monitor.MonitoredNodes;
import dev.weir.swarm.nodes.OwnNode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Chooses the source for each node of a swarm: when a recording begins, and again during it for
/// nodes that join or get an agent later.
final class SwarmSources {
  /// Maximum age of the first sample that is taken from an agent.
  private static final Duration HISTORY = Duration.ofSeconds(2);

  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final Engine manager;
  private final OwnNode own;
  private final SamplingSettings options;
  private final MonitoredNodes monitored;
  private final SwarmAgents agents;
  private Optional<AgentClient> client = Optional.empty();

  /// @param own the manager's own node
  SwarmSources(Engine manager, OwnNode own, SamplingSettings options) {
    this.manager = manager;
    this.own = own;
    this.options = options;
    this.monitored = new MonitoredNodes(manager);
    this.agents = new SwarmAgents(monitored, options.via());
  }

  /// Adds nodes that are not sampled yet, and keeps the reason for nodes without a source.
  void find(SampledNodes nodes) {
    Source source = options.source();
    if (client.isEmpty() && source != Source.CADVISOR && monitored.hasAgents()) {
      client = client();
    }
    for (MonitoredNode node : monitored.list()) {
      if (nodes.isSampled(node.id())) {
        continue;
      }
      NodeAgent agent = agents.agent(node);
      Optional<URI> cadvisor = source == Source.AGENT ? Optional.empty() : cadvisor(node);
      if (client.isPresent() && agent.address().isPresent()) {
        nodes.add(node.id(), node.name(), "agent", new AgentSource(agent, client.get(), HISTORY));
      } else if (cadvisor.isPresent()) {
        nodes.add(
            node.id(), node.name(), "cadvisor", new CadvisorSource(cadvisor.get(), node.name()));
      } else if (source == Source.AUTO && node.id().equals(own.id())) {
        SourceChoice.docker(manager, node.id(), nodes);
      } else {
        nodes.miss(
            node.id(), node.name(), source == Source.CADVISOR ? noCadvisor(node) : noAgent(agent));
      }
    }
  }

  private static String noAgent(NodeAgent agent) {
    String reason = agent.reason().isEmpty() ? "no certificate for its agent" : agent.reason();
    return "no agent: " + reason;
  }

  private static String noCadvisor(MonitoredNode node) {
    String absence = node.absence(node.cadvisor());
    return "no cAdvisor: "
        + (absence.isEmpty()
            ? "it has no port of its node (expected: a port in host mode; or try --via overlay)"
            : absence);
  }

  /// A missing certificate matters only if agents are the chosen source.
  private Optional<AgentClient> client() {
    MonitorCredentials credentials = options.credentials(new Monitor(manager).swarm());
    return credentials.exist() || options.source() == Source.AGENT
        ? Optional.of(new AgentClient(Optional.of(credentials.read()), TIMEOUT))
        : Optional.empty();
  }

  private Optional<URI> cadvisor(MonitoredNode node) {
    return node.cadvisor()
        .filter(task -> node.absence(Optional.of(task)).isEmpty())
        .flatMap(task -> SwarmAgents.address("http", node, task, options.via()));
  }
}
