package dev.weir.observe.container;

import dev.weir.observe.SampleSource;
import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// The containers of one node, from its engine's statistics.
///
/// For a node without an agent or cAdvisor: each reading costs an engine some milliseconds of CPU
/// per container.
public final class EngineSource implements SampleSource {
  /// Requests to the engine at once.
  private static final int ASKED_MAX = 8;

  private static final String FROM_ENGINE = "docker";

  private final String node;
  private final ContainerDirectory engine;

  /// @param node its machine's name in charts
  public EngineSource(String node, ContainerDirectory engine) {
    this.node = node;
    this.engine = engine;
  }

  @Override
  public String name() {
    return "docker on " + node;
  }

  @Override
  public List<ContainerSample> read(Instant now) throws IOException {
    List<NamedContainer> containers = engine.containers();
    var room = new Semaphore(ASKED_MAX);
    var samples = new ArrayList<ContainerSample>(containers.size());
    Optional<IOException> failure = Optional.empty();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<ContainerSample>>> asked =
          containers.stream().map(one -> threads.submit(() -> sample(one, room))).toList();
      for (Future<Optional<ContainerSample>> response : asked) {
        try {
          response.get().ifPresent(samples::add);
        } catch (ExecutionException e) {
          // A container that does not respond has ended since it was listed.
          failure = Optional.of(io(e));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(name() + ": interrupted", e);
    }
    if (samples.isEmpty() && failure.isPresent()) {
      throw failure.get();
    }
    return samples;
  }

  private static IOException io(ExecutionException e) {
    if (e.getCause() instanceof IOException io) {
      return io;
    }
    throw new IllegalStateException("asking the engine broke down: " + e.getCause(), e);
  }

  private Optional<ContainerSample> sample(NamedContainer container, Semaphore room)
      throws InterruptedException, IOException {
    room.acquire();
    try {
      return DockerStats.parse(engine.stats(container.id()))
          .map(stats -> stats.usage().sample(container.name(), node, stats.read(), FROM_ENGINE));
    } finally {
      room.release();
    }
  }
}
