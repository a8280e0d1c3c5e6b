package dev.weir.cli.engine;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.nodes.OwnNode;
import java.util.Optional;

/// An engine that a command can do without, closed when the command ends.
///
/// @param engine absent if none was asked for
public record OptionalEngine(Optional<Engine> engine) implements AutoCloseable {
  /// The engine, if it is a manager of a swarm.
  public Optional<Engine> manager() {
    return engine.filter(one -> OwnNode.of(one).manager());
  }

  @Override
  public void close() {
    engine.ifPresent(Engine::close);
  }
}
