package dev.weir.observe;

import dev.weir.base.Checks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Reads sources at a fixed cadence, from [#start] to [#close], with a sample at either end.
///
/// The sources of a round are read at once, each on its own thread. A source that takes longer than
/// the cadence, as on a hanging machine, is skipped until it has finished; the others are not
/// delayed.
public final class Sampler implements AutoCloseable {
  /// How often sources are read by default.
  public static final Duration CADENCE = Duration.ofSeconds(1);

  private static final Duration CADENCE_MIN = Duration.ofMillis(10);
  private static final int SOURCES_MAX = 1_000;
  private static final long ROUND_SECONDS_MAX = 30;

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("weir-sampler").factory());
  private final Cadence cadence;
  private final SampleRound round;
  private final SampleListener listener;
  private boolean late;
  private boolean closing;

  private Sampler(
      Duration period,
      List<SampleSource> sources,
      SampleListener listener,
      Supplier<Instant> clock) {
    this.listener = new SerializedListener(listener);
    this.cadence = new Cadence(System.nanoTime(), period.toNanos());
    this.round = new SampleRound(sources, this.listener, clock);
  }

  /// Starts reading; on return, the first round is done.
  ///
  /// @param cadence the time between readings
  /// @throws IllegalArgumentException if the cadence is below 10 ms, or there are too many sources
  public static Sampler start(
      Duration cadence, List<SampleSource> sources, SampleListener listener) {
    return start(cadence, sources, listener, new SteadyClock());
  }

  /// The same with a `clock`, which must not step back, for sources without one.
  public static Sampler start(
      Duration cadence,
      List<SampleSource> sources,
      SampleListener listener,
      Supplier<Instant> clock) {
    Checks.check(cadence.compareTo(CADENCE_MIN) >= 0, "cadence", cadence, ">= " + CADENCE_MIN);
    Checks.check(sources.size() <= SOURCES_MAX, "sources", sources.size(), "<= " + SOURCES_MAX);
    var sampler = new Sampler(cadence, sources, listener, clock);
    // From here, not from the constructor: starting the threads took some time.
    sampler.cadence.restart(System.nanoTime());
    sampler.schedule();
    try {
      sampler.runNow();
    } catch (RuntimeException e) {
      sampler.end();
      throw e;
    }
    return sampler;
  }

  /// Also reads this source, from the next round on; has no effect after [#close].
  ///
  /// @throws IllegalArgumentException if there are too many sources
  public void add(SampleSource source) {
    Checks.check(round.size() < SOURCES_MAX, "sources", round.size() + 1, "<= " + SOURCES_MAX);
    round.add(source);
  }

  /// Reads every source one last time and stops. Closing again has no effect.
  ///
  /// @throws IllegalStateException if the last round does not end, or a source or the listener
  ///   failed
  @Override
  public void close() {
    synchronized (round) {
      if (closing) {
        return;
      }
      closing = true;
    }
    try {
      runNow();
    } finally {
      end();
    }
  }

  private void end() {
    synchronized (round) {
      closing = true;
    }
    executor.shutdownNow();
    round.close();
  }

  private void schedule() {
    long waitNanos = cadence.untilNextNanos(System.nanoTime());
    reportSkipped(cadence.takeSkipped());
    try {
      var _ = executor.schedule(this::onDue, waitNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // Closed meanwhile: no more rounds are due.
      return;
    }
  }

  private void onDue() {
    try {
      synchronized (round) {
        if (closing) {
          return;
        }
        round.begin();
      }
    } finally {
      schedule();
    }
  }

  private void reportSkipped(long skipped) {
    if (skipped > 0 && !late) {
      listener.gap("sampler", "this machine is too busy for the cadence: rounds are skipped");
    }
    late = skipped > 0;
  }

  private void runNow() {
    try {
      round.run(ROUND_SECONDS_MAX);
    } catch (InterruptedException e) {
      end();
      Thread.currentThread().interrupt();
    }
  }
}
