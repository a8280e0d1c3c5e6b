package dev.weir.cli;

import dev.weir.base.UserError;
import dev.weir.cli.SamplingOptions.Source;
import dev.weir.observe.agent.AgentClient;
import dev.weir.observe.agent.AgentSource;
import dev.weir.observe.agent.NodeAgent;
import dev.weir.observe.cadvisor.CadvisorSource;
import dev.weir.observe.container.EngineSource;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.monitor.LocalContainers;
import dev.weir.swarm.monitor.Monitor;
import dev.weir.swarm.monitor.MonitoredNode;
import dev.weir.swarm.monitor.MonitoredNodes;
import dev.weir.swarm.nodes.OwnNode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Finds who samples which node.
final class SourceChoice {
  /// How old the sample may be that the first difference begins with.
  private static final Duration HISTORY = Duration.ofSeconds(2);

  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final SamplingOptions options;
  private final Optional<Engine> engine;

  /// @param engine the engine that is asked; absent only if the options need none
  SourceChoice(SamplingOptions options, Optional<Engine> engine) {
    this.options = options;
    this.engine = engine;
  }

  /// The sources of all nodes.
  ///
  /// @throws UserError if there is none, though some were asked for
  SampledNodes choose() {
    var chosen = new SampledNodes();
    Source source = options.source();
    if (source == Source.NONE) {
      return chosen;
    }
    if (!options.cadvisors().isEmpty()) {
      options.cadvisors().forEach(uri -> named(uri, chosen));
      return chosen;
    }
    Engine asked = engine.orElseThrow();
    OwnNode own = OwnNode.of(asked);
    if (source != Source.DOCKER && own.manager()) {
      ofSwarm(asked, own, source, chosen);
    } else if (source == Source.AUTO || source == Source.DOCKER) {
      docker(asked, chosen);
      otherNodes(own, chosen);
    }
    if (chosen.sources().isEmpty()) {
      throw new UserError(none(source, chosen));
    }
    return chosen;
  }

  private static String none(Source source, SampledNodes chosen) {
    String why =
        chosen.silent().isEmpty()
            ? "the engine is no manager of a swarm"
            : chosen.silent().getFirst().node() + ": " + chosen.silent().getFirst().reason();
    return "--source: %s, but no node has one: %s (expected: 'weir monitor start' before; or --source docker)"
        .formatted(source, why);
  }

  private static void named(URI uri, SampledNodes chosen) {
    boolean here = uri.getHost().equals("localhost") || uri.getHost().startsWith("127.");
    String node = here ? Machine.local().node() : uri.getHost();
    chosen.add(node, "cadvisor", CadvisorSource.named(uri, node));
  }

  private void ofSwarm(Engine manager, OwnNode own, Source source, SampledNodes chosen) {
    var monitored = new MonitoredNodes(manager);
    Optional<AgentClient> client =
        source != Source.CADVISOR && monitored.hasAgents() ? client(manager) : Optional.empty();
    var agents = new SwarmAgents(monitored, options.via());
    for (MonitoredNode node : monitored.list()) {
      NodeAgent agent = agents.agent(node);
      Optional<URI> cadvisor = source == Source.AGENT ? Optional.empty() : cadvisor(node);
      if (client.isPresent() && agent.address().isPresent()) {
        chosen.add(node.name(), "agent", new AgentSource(agent, client.get(), HISTORY));
      } else if (cadvisor.isPresent()) {
        chosen.add(node.name(), "cadvisor", new CadvisorSource(cadvisor.get(), node.name()));
      } else if (source == Source.AUTO && node.name().equals(own.name())) {
        docker(manager, chosen);
      } else {
        chosen.miss(node.name(), source == Source.CADVISOR ? noCadvisor(node) : noAgent(agent));
      }
    }
  }

  private static String noAgent(NodeAgent agent) {
    String reason = agent.reason().isEmpty() ? "no certificate for its agent" : agent.reason();
    return "no agent: " + reason;
  }

  private static String noCadvisor(MonitoredNode node) {
    return "no cAdvisor: " + node.absence(node.cadvisor());
  }

  /// A certificate that is missing matters only if nothing else can be asked.
  private Optional<AgentClient> client(Engine manager) {
    MonitorCredentials credentials = options.of(new Monitor(manager).swarm());
    return credentials.exist() || options.source() == Source.AGENT
        ? Optional.of(new AgentClient(Optional.of(credentials.read()), TIMEOUT))
        : Optional.empty();
  }

  private Optional<URI> cadvisor(MonitoredNode node) {
    return node.cadvisor()
        .filter(task -> node.absence(Optional.of(task)).isEmpty())
        .flatMap(task -> SwarmAgents.address("http", node, task, options.via()));
  }

  private static void docker(Engine engine, SampledNodes chosen) {
    var containers = new LocalContainers(engine);
    String node = containers.node();
    chosen.add(node, "docker", new EngineSource(node, new LocalEngine(containers)));
  }

  /// A worker knows that there are others, and nothing more of them.
  private static void otherNodes(OwnNode own, SampledNodes chosen) {
    if (own.inSwarm()) {
      chosen.miss(
          "other nodes", "only a manager knows them (record there, or run 'weir monitor start')");
    }
  }
}
