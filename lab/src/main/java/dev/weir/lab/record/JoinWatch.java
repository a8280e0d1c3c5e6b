package dev.weir.lab.record;

import dev.weir.base.UserError;
import dev.weir.lab.sampling.SampledNodes;
import dev.weir.lab.sampling.SampledNodes.Sampled;
import dev.weir.lab.sampling.SampledNodes.Silent;
import dev.weir.observe.Sampler;
import dev.weir.swarm.engine.EngineException;
import dev.weir.term.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/// Samples nodes that join a swarm, or start an agent, while a run is recorded. Reports nodes that
/// are not sampled.
final class JoinWatch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final SampledNodes nodes;
  private final Sampler sampler;
  private final Recording recording;
  private final Terminal terminal;
  private final Set<String> sampled = new HashSet<>();
  private final Set<String> missed = new HashSet<>();
  private final PeriodicTask periodic;

  private JoinWatch(SampledNodes nodes, Sampler sampler, Recording recording, Terminal terminal) {
    this.nodes = nodes;
    this.sampler = sampler;
    this.recording = recording;
    this.terminal = terminal;
    nodes.sampled().forEach(one -> sampled.add(one.id()));
    nodes.silent().forEach(this::missed);
    this.periodic = PeriodicTask.start("weir-join-watch", PAUSE, this::look);
  }

  /// Reports the nodes that are not sampled, and watches from now on.
  ///
  /// @param sampler reads the nodes that are sampled already
  static JoinWatch start(
      SampledNodes nodes, Sampler sampler, Recording recording, Terminal terminal) {
    return new JoinWatch(nodes, sampler, recording, terminal);
  }

  private void look() {
    try {
      nodes.find();
    } catch (EngineException | UserError _) {
      return; // the next look may succeed; SwarmWatch reports a silent manager
    }
    nodes.sampled().stream().filter(one -> sampled.add(one.id())).forEach(this::joined);
    nodes.silent().stream().filter(one -> !missed.contains(one.id())).forEach(this::missed);
  }

  private void joined(Sampled one) {
    sampler.add(one.source());
    recording.event(
        Instant.now(), "node-sampled", one.node(), "by its " + one.how() + " from here on");
    terminal.report("weir: %s is sampled from now on".formatted(one));
  }

  private void missed(Silent one) {
    missed.add(one.id());
    recording.event(Instant.now(), "node-not-sampled", one.node(), one.reason());
    terminal.report("weir: %s is not sampled: %s".formatted(one.node(), one.reason()));
  }

  @Override
  public void close() {
    periodic.close();
  }
}
