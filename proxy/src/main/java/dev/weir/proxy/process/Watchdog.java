package dev.weir.proxy.process;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.netty.util.concurrent.ThreadProperties;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks that every event loop runs: each must run a small task four times a second.
///
/// After two seconds without it, `/health` reports the loop; after ten, the process ends with the
/// loop's stack in the log. Time is counted in the watchdog's own rounds, so that a suspended
/// machine or process does not look like a hanging loop.
public final class Watchdog implements AutoCloseable {
  static final long ROUND_MILLIS = 250;
  static final int ROUNDS_TO_LATE = 8;
  static final int ROUNDS_TO_DEAD = 40;
  private static final Logger LOG = LoggerFactory.getLogger("dev.weir.proxy");

  private final List<Watched> loops = new ArrayList<>();
  private final FatalExit ending;
  private final Thread thread;
  private volatile boolean closed;

  public Watchdog(FatalExit ending) {
    this.ending = ending;
    thread = Thread.ofPlatform().daemon().name("weir-watchdog").unstarted(this::watch);
  }

  /// Watches another loop; call it before [#start].
  ///
  /// @param beat the task by which the loop shows that it runs; throws if it does not
  public void watch(EventLoop loop, Runnable beat) {
    loops.add(new Watched(loop, beat));
  }

  public void start() {
    thread.start();
  }

  /// Whether every loop ran its task in the last two seconds.
  public boolean isHealthy() {
    return loops.stream().noneMatch(one -> one.missed.get() >= ROUNDS_TO_LATE);
  }

  private void watch() {
    while (!closed) {
      LockSupport.parkNanos(ROUND_MILLIS * 1_000_000);
      round();
    }
  }

  /// Checks every loop once, and gives it another task.
  void round() {
    for (Watched one : loops) {
      if (!closed && one.ask() == ROUNDS_TO_DEAD) {
        dead(one);
      }
    }
  }

  private void dead(Watched one) {
    String line = "weir: the event loop %s does not serve: the process ends".formatted(one.name());
    LOG.error("{}; it was at{}", line, one.stack());
    ending.end(FatalExit.LOOP_DEAD, line);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  /// A loop and whether it has run its last task.
  private static final class Watched {
    private final EventLoop loop;
    private final Runnable beat;
    private final @Nullable ThreadProperties thread;
    private volatile boolean asked;
    private final AtomicInteger missed = new AtomicInteger();

    Watched(EventLoop loop, Runnable beat) {
      this.loop = loop;
      this.beat = beat;
      thread = loop instanceof SingleThreadEventExecutor one ? one.threadProperties() : null;
    }

    /// Gives another task if the last one ran; returns for how many rounds it has not.
    int ask() {
      if (asked) {
        return missed.incrementAndGet();
      }
      asked = true;
      try {
        loop.execute(this::respond);
      } catch (RejectedExecutionException e) {
        LOG.debug("{} takes no task", name(), e); // it ended: the rounds to come are missed
      }
      return missed.get();
    }

    private void respond() {
      beat.run();
      missed.set(0);
      asked = false;
    }

    String name() {
      return thread == null ? loop.toString() : thread.name();
    }

    String stack() {
      return thread == null
          ? " an unknown place"
          : Arrays.stream(thread.stackTrace())
              .map(frame -> "\n    " + frame)
              .collect(Collectors.joining());
    }
  }
}
