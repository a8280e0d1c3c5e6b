package dev.weir.swarm.follow;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EventStream;
import dev.weir.swarm.engine.Filters;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Listens for events of services and machines, and reconnects. Each connection also counts as an
/// event, because some may have been missed.
public final class SwarmEvents implements AutoCloseable {
  private static final long AGAIN_MILLIS = 1000;

  private final Supplier<Engine> manager;
  private final Runnable happened;
  private final ScheduledExecutorService again =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("weir-follow-events").factory());
  private volatile @Nullable EventStream stream;
  private volatile boolean closed;

  /// @param manager the manager to ask at each connection
  /// @param happened runs at each event, and at each connection
  public SwarmEvents(Supplier<Engine> manager, Runnable happened) {
    this.manager = manager;
    this.happened = happened;
  }

  /// Starts to listen.
  public void start() {
    again.execute(this::listen);
  }

  private void listen() {
    try {
      Filters filters = Filters.of("type", "service").and("type", "node");
      stream = EventStream.open(manager.get(), filters, _ -> happened.run(), _ -> listenLater());
      happened.run();
      if (closed) {
        close();
      }
    } catch (RuntimeException e) {
      listenLater(); // the poll that fails too says why
    }
  }

  private void listenLater() {
    try {
      var _ = again.schedule(this::listen, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // closed meanwhile
    }
  }

  @Override
  public void close() {
    closed = true;
    again.shutdownNow();
    EventStream open = stream;
    if (open != null) {
      open.close();
    }
  }
}
