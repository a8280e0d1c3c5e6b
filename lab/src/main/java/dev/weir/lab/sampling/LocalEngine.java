package dev.weir.lab.sampling;

import dev.weir.observe.container.ContainerDirectory;
import dev.weir.observe.container.NamedContainer;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.monitor.LocalContainers;
import java.io.IOException;
import java.util.List;

/// Adapts this node's engine to what the agent needs.
public final class LocalEngine implements ContainerDirectory {
  private final LocalContainers containers;

  public LocalEngine(LocalContainers containers) {
    this.containers = containers;
  }

  @Override
  public List<NamedContainer> containers() throws IOException {
    try {
      return containers.list().stream()
          .map(one -> new NamedContainer(one.id(), one.name(), one.service(), one.task()))
          .toList();
    } catch (EngineException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public String stats(String id) throws IOException {
    try {
      return containers.stats(id);
    } catch (EngineException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
