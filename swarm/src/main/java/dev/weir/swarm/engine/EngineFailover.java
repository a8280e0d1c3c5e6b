package dev.weir.swarm.engine;

import dev.weir.base.Ticker;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The managers of a swarm. One is asked until it fails, then the next.
///
/// Each request has its own time limit, so a slow manager only delays discovery and a dead one is
/// noticed. Connecting has the limits of [Engine#connect].
public final class EngineFailover implements AutoCloseable {
  private static final long RESPONSE_NANOS_MAX = 3_000_000_000L;
  private static final long WATCH_MILLIS = 500;

  private final List<EngineAddress> addresses;
  private final Ticker ticker;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("weir-engine-watch").factory());
  private volatile int current;
  private volatile @Nullable Engine engine;
  private volatile @Nullable Question asked;
  private volatile boolean closed;

  /// Managers at these addresses; the first is asked first.
  public EngineFailover(List<EngineAddress> addresses) {
    this(addresses, System::nanoTime);
    var _ =
        watch.scheduleWithFixedDelay(
            this::cutIfStuck, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// Managers whose requests only [#cutIfStuck] cuts.
  public EngineFailover(List<EngineAddress> addresses, Ticker ticker) {
    this.addresses = List.copyOf(addresses);
    this.ticker = ticker;
  }

  /*
   * Connecting may take many seconds, so it holds no lock: meanwhile others can turn to the next
   * manager. If two connect at once, the second uses the first one's connection.
   */
  /// The manager in use, connected.
  ///
  /// @throws EngineException if it does not respond
  public Engine engine() {
    while (true) {
      Engine present = engine;
      if (present != null) {
        return present;
      }
      int chosen = current;
      Engine connected = Engine.connect(addresses.get(chosen));
      if (becomes(connected, chosen)) {
        return connected;
      }
      connected.close();
    }
  }

  /// Makes `connected` the manager in use and returns whether that worked. After the end it is
  /// closed and the call fails.
  private synchronized boolean becomes(Engine connected, int chosen) {
    if (closed) {
      connected.close();
      return true;
    }
    if (engine != null || chosen != current) {
      return false;
    }
    engine = connected;
    return true;
  }

  /// The address of the manager in use.
  public String source() {
    return addresses.get(current).toString();
  }

  /// Turns to the next manager.
  public synchronized void next() {
    cut();
    current = (current + 1) % addresses.size();
  }

  private synchronized void cut() {
    Engine present = engine;
    engine = null;
    if (present != null) {
      present.close();
    }
  }

  /// Cuts a request that has waited too long for its response.
  public void cutIfStuck() {
    Question under = asked;
    if (under != null && ticker.nanos() - under.sinceNanos() > RESPONSE_NANOS_MAX) {
      forget(under.of()); // before its failure can make anyone ask it again
      under.of().close();
    }
  }

  private synchronized void forget(Engine cut) {
    if (cut.equals(engine)) {
      engine = null;
    }
  }

  /// Cuts what is under way; then nothing can be asked.
  @Override
  public void close() {
    watch.shutdownNow();
    synchronized (this) {
      closed = true;
      cut();
    }
  }

  /// Asks the manager in use.
  ///
  /// @throws EngineException if it fails, or does not respond in time
  public <T> T ask(Function<Engine, T> question) {
    Engine of = engine();
    asked = new Question(of, ticker.nanos());
    try {
      return question.apply(of);
    } finally {
      asked = null;
    }
  }

  /// A request under way.
  private record Question(Engine of, long sinceNanos) {}
}
