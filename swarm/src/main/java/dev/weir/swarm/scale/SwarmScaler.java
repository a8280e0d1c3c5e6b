package dev.weir.swarm.scale;

import dev.weir.scale.ScaleReport;
import dev.weir.scale.Scaler;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.EngineFailover;
import dev.weir.swarm.follow.TaskFollower;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Scales the followed services that have the label `weir.scale`: every two seconds, and at once
/// when a request arrives at a service without replicas. Thread-safe.
public final class SwarmScaler implements AutoCloseable {
  private static final long TICK_NANOS = (long) (Scaler.TICK_SECONDS * 1e9);

  /// How often to look at replicas while any is starting.
  private static final long LOOK_NANOS = 250_000_000L;

  private static final long CLOSE_MILLIS = 5_000;

  private final TaskFollower follower;
  private final EngineFailover engines;
  private final ScaleListener listener;
  private final ScalingRound round;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition signal = lock.newCondition();
  private final Set<String> woken = new LinkedHashSet<>();
  private boolean hasChanged;
  private boolean closed;
  private volatile Map<String, ScaleReport> reports = Map.of();
  private @Nullable Thread thread;

  private SwarmScaler(
      String self,
      TaskFollower follower,
      List<EngineAddress> managers,
      ScaledServices proxy,
      ScaleListener listener) {
    this.follower = follower;
    this.engines = new EngineFailover(managers);
    this.listener = listener;
    this.round = new ScalingRound(self, engines, proxy, listener, System::nanoTime);
  }

  /// Starts to scale.
  ///
  /// @param self the name of this balancer, unlike any other's
  /// @param follower who knows the services
  /// @param managers where to write, the first first
  /// @param proxy the balancer that gets the requests
  public static SwarmScaler start(
      String self,
      TaskFollower follower,
      List<EngineAddress> managers,
      ScaledServices proxy,
      ScaleListener listener) {
    var scaler = new SwarmScaler(self, follower, managers, proxy, listener);
    scaler.thread = Thread.ofPlatform().daemon().name("weir-scale").start(scaler::run);
    return scaler;
  }

  /// A request waits for the first replica of a service. Returns at once.
  public void wake(String service) {
    signal(() -> woken.add(service));
  }

  /// The services or their replicas changed. Returns at once.
  public void changed() {
    signal(() -> hasChanged = true);
  }

  private void signal(Runnable change) {
    lock.lock();
    try {
      change.run();
      signal.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The state of each service that is scaled, by name.
  public Map<String, ScaleReport> reports() {
    return reports;
  }

  private void run() {
    long tickNanos = System.nanoTime();
    boolean isAnyStarting = false;
    try {
      while (true) {
        long wait = tickNanos - System.nanoTime();
        Set<String> awake = await(isAnyStarting ? Math.min(wait, LOOK_NANOS) : wait);
        if (isClosed()) {
          return;
        }
        boolean isTick = System.nanoTime() - tickNanos >= 0;
        if (isTick) {
          tickNanos = System.nanoTime() + TICK_NANOS;
        }
        isAnyStarting = step(awake, isTick, isAnyStarting);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /*
   * An error of Weir's own in one round must not end autoscaling: the next round starts from what
   * is observed then.
   */
  private boolean step(Set<String> awake, boolean isTick, boolean wasAnyStarting) {
    try {
      boolean isAnyStarting = round.observe(follower.services());
      long epochMillis = System.currentTimeMillis();
      awake.forEach(service -> round.wake(service, epochMillis));
      if (isTick) {
        round.decide(follower.status().staleNanos() / 1e9, epochMillis);
      } else if (isAnyStarting) {
        round.diagnoseCold();
      }
      reports = round.reports();
      return isAnyStarting;
    } catch (RuntimeException e) {
      listener.said("autoscaling: %s; the next round starts anew".formatted(e));
      return wasAnyStarting;
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for so long, or until something happens. Returns the services to wake.
  private Set<String> await(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!closed && !hasChanged && woken.isEmpty() && left > 0) {
        left = signal.awaitNanos(left);
      }
      hasChanged = false;
      Set<String> awake = Set.copyOf(woken);
      woken.clear();
      return awake;
    } finally {
      lock.unlock();
    }
  }

  /// Stops to scale, and lets another balancer take over at once.
  @Override
  public void close() {
    signal(() -> closed = true);
    Thread running = thread;
    try {
      if (running != null && running != Thread.currentThread()) {
        running.join(CLOSE_MILLIS);
      }
      round.leave();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      listener.said("autoscaling: others take over in some seconds: %s".formatted(e.getMessage()));
    } finally {
      engines.close();
    }
  }
}
