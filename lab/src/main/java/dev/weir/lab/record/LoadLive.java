package dev.weir.lab.record;

import dev.weir.load.record.LoadResult;
import dev.weir.load.send.LoadProgress;
import dev.weir.load.send.LoadRun;
import dev.weir.term.FigureText;
import dev.weir.term.Progress;
import dev.weir.term.Terminal;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The line about a running load: rewritten on a terminal, or printed every ten seconds elsewhere.
public final class LoadLive implements AutoCloseable {
  private static final long PERSON_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long PLAIN_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final LoadRun run;
  private final Terminal terminal;
  private final String task;
  private final Thread thread;
  private volatile boolean closed;

  private LoadLive(LoadRun run, Terminal terminal, String task) {
    this.run = run;
    this.terminal = terminal;
    this.task = task;
    this.thread = Thread.ofPlatform().name("weir-live").daemon().unstarted(this::show);
  }

  /// Shows `run` until it has ended.
  ///
  /// @param task what the line begins with, or ""
  public static LoadResult until(LoadRun run, Terminal terminal, String task)
      throws InterruptedException {
    try (var live = new LoadLive(run, terminal, task)) {
      live.thread.start();
      return run.await();
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    terminal.clear();
  }

  private void show() {
    long periodNanos = terminal.isPerson() ? PERSON_PERIOD_NANOS : PLAIN_PERIOD_NANOS;
    long nextNanos = System.nanoTime() + periodNanos;
    while (!closed) {
      long leftNanos = nextNanos - System.nanoTime();
      if (leftNanos > 0) {
        LockSupport.parkNanos(this, leftNanos);
        continue;
      }
      nextNanos += periodNanos;
      String line = task + line(run.progress());
      if (terminal.isPerson()) {
        terminal.live(line);
      } else {
        terminal.report(line);
      }
    }
  }

  /// The line itself.
  static String line(LoadProgress p) {
    String end =
        p.issued() == p.requested() ? "waiting for responses" : "ETA " + time(p.leftNanos());
    return String.format(
        Locale.ROOT,
        "%s  %d/%d sent  %s/s  %d in flight  p50 %s  p99 %s  %d errors  %s",
        time(p.elapsedNanos()),
        p.issued(),
        p.requested(),
        FigureText.number(p.ratePerSecond()),
        p.inFlight(),
        latency(p.p50Nanos()),
        latency(p.p99Nanos()),
        p.errors(),
        end);
  }

  /// A dash before the first response.
  private static String latency(long nanos) {
    return nanos == 0 ? "-" : FigureText.duration(nanos);
  }

  private static String time(long nanos) {
    return Progress.plain(Duration.ofNanos(Math.max(0, nanos)));
  }
}
