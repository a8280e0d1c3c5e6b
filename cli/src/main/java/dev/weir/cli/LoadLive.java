package dev.weir.cli;

import dev.weir.load.record.LoadResult;
import dev.weir.load.send.LoadProgress;
import dev.weir.load.send.LoadRun;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The line that is rewritten while a run goes on, or printed every ten seconds where nobody looks.
final class LoadLive implements AutoCloseable {
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
  static LoadResult until(LoadRun run, Terminal terminal, String task) throws InterruptedException {
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
    String end = p.issued() == p.requested() ? "waiting for answers" : "ETA " + time(p.leftNanos());
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

  /// Of requests none of which was answered yet there is none.
  private static String latency(long nanos) {
    return nanos == 0 ? "-" : FigureText.duration(nanos);
  }

  private static String time(long nanos) {
    return Progress.plain(Duration.ofNanos(Math.max(0, nanos)));
  }
}
