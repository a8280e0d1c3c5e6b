package dev.weir.lab.sampling;

import dev.weir.base.UserError;
import dev.weir.lab.sampling.SamplingSettings.Source;
import dev.weir.observe.cadvisor.CadvisorSource;
import dev.weir.observe.container.EngineSource;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.monitor.LocalContainers;
import dev.weir.swarm.nodes.OwnNode;
import java.net.URI;
import java.util.Optional;

/// Chooses the source of samples for each node.
public final class SourceChoice {
  private final SamplingSettings options;
  private final Optional<Engine> engine;

  /// @param engine the engine that is asked; absent only if the options need none
  public SourceChoice(SamplingSettings options, Optional<Engine> engine) {
    this.options = options;
    this.engine = engine;
  }

  /// The sources of all nodes.
  ///
  /// @throws UserError if the user asked for samples and no node has a source
  public SampledNodes choose() {
    Source source = options.source();
    if (source == Source.NONE) {
      return new SampledNodes();
    }
    if (!options.cadvisors().isEmpty()) {
      var named = new SampledNodes();
      options.cadvisors().forEach(uri -> named(uri, named));
      return named;
    }
    SampledNodes chosen = ofEngine(engine.orElseThrow(), source);
    if (chosen.sources().isEmpty()) {
      throw new UserError(none(source, chosen));
    }
    return chosen;
  }

  private SampledNodes ofEngine(Engine asked, Source source) {
    OwnNode own = OwnNode.of(asked);
    if (source != Source.DOCKER && own.manager()) {
      var swarm = new SwarmSources(asked, own, options);
      var nodes = new SampledNodes(swarm::find);
      nodes.find();
      return nodes;
    }
    var nodes = new SampledNodes();
    if (source == Source.AUTO || source == Source.DOCKER) {
      docker(asked, own.name(), nodes);
      otherNodes(own, nodes);
    }
    return nodes;
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
    String node = here ? LocalHost.name() : uri.getHost();
    chosen.add(uri.toString(), node, "cadvisor", CadvisorSource.named(uri, node));
  }

  static void docker(Engine engine, String id, SampledNodes chosen) {
    var containers = new LocalContainers(engine);
    String node = containers.node();
    chosen.add(id, node, "docker", new EngineSource(node, new LocalEngine(containers)));
  }

  /// A worker of a swarm cannot list the other nodes.
  private static void otherNodes(OwnNode own, SampledNodes chosen) {
    if (own.inSwarm()) {
      chosen.miss(
          "others",
          "other nodes",
          own.manager()
              ? "--source docker asks this engine alone (expected: auto, agent or cadvisor for all)"
              : "only a manager knows them (record there, or run 'weir monitor start')");
    }
  }
}
