package dev.weir.console.source;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.follow.SwarmEvents;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps reading the swarm on a thread of its own: every second at the quickest, less often where
/// that would take more than its part of a core, and sooner after events of services and machines.
///
/// If no manager responds, the last that was read stays, and [#failure] says why.
final class SwarmWatcher implements AutoCloseable {
  private static final double SHARE = .012;
  private static final long STEADY_NANOS = 1_000_000_000L;
  private static final long SOON_NANOS = 250_000_000L;
  private static final long EVENTFUL_NANOS = 5_000_000_000L;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final SwarmReader reader;
  private final Runnable onRead;
  private final SwarmEvents events;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private volatile SwarmSeen latest = SwarmSeen.NONE;
  private volatile String failure = "";
  private volatile boolean closed;
  private boolean happened;
  private long happenedNanos;
  private @Nullable Thread thread;

  /// @param onRead runs after each attempt, on the watcher's thread
  SwarmWatcher(SwarmReader reader, Runnable onRead) {
    this.reader = reader;
    this.onRead = onRead;
    this.events = new SwarmEvents(reader::engine, this::nudge);
  }

  void start() {
    thread = Thread.ofPlatform().daemon().name("weir-console-swarm").start(this::run);
    events.start();
  }

  /// What was read last; [SwarmSeen#NONE] before that.
  SwarmSeen latest() {
    return latest;
  }

  /// Why the swarm cannot be read now; empty if it can.
  String failure() {
    return failure;
  }

  /// The manager in use, connected.
  ///
  /// @throws EngineException if it does not respond
  Engine manager() {
    return reader.engine();
  }

  /// Something happened: read soon, and for some seconds often, because tasks change after the
  /// events of their service.
  void nudge() {
    lock.lock();
    try {
      happened = true;
      happenedNanos = System.nanoTime();
      wake.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    var budget = new PollBudget(SHARE, STEADY_NANOS, SOON_NANOS, System.nanoTime());
    try {
      do {
        long cpuNanos = THREADS.getCurrentThreadCpuTime();
        read();
        budget.polled(THREADS.getCurrentThreadCpuTime() - cpuNanos, System.nanoTime());
      } while (awaitDue(budget));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try {
      latest = reader.read();
      failure = "";
    } catch (EngineException e) {
      failure = closed ? "" : SwarmReader.words(e);
    } catch (RuntimeException e) {
      failure = "defect: " + SwarmReader.words(e);
    }
    onRead.run();
  }

  /// Returns false at the end.
  private boolean awaitDue(PollBudget budget) throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        long nowNanos = System.nanoTime();
        happened &= nowNanos - happenedNanos < EVENTFUL_NANOS;
        long leftNanos = budget.dueNanos(happened) - nowNanos;
        if (leftNanos <= 0) {
          return true;
        }
        long _ = wake.awaitNanos(leftNanos);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      wake.signalAll();
    } finally {
      lock.unlock();
    }
    events.close();
    reader.close();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
