package dev.weir.observe;

import dev.weir.run.ContainerSample;
import dev.weir.run.SampleTimes;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Reads one source repeatedly, and reports new samples and the beginning of gaps.
///
/// It omits samples that are no newer than the container's last one, because some sources repeat
/// old ones. It remembers only each container's last sample, and which containers lack memory
/// figures.
final class SourceReading {
  /// How many rounds on time end a delay, so that a source that is late every other round is
  /// reported once.
  private static final int IN_TIME_MIN = 10;

  private final SampleSource source;
  private final SampleListener listener;
  private final Supplier<Instant> clock;

  /// Its holder reads the source and owns the other fields.
  private final Semaphore turn = new Semaphore(1);

  private final Map<String, Instant> latest = new HashMap<>();
  private final Set<String> withoutMemory = new HashSet<>();
  private final Set<String> undated = new HashSet<>();
  private boolean begun;
  private boolean failing;
  private boolean broken;
  private volatile boolean late;
  private int inTime;

  SourceReading(SampleSource source, SampleListener listener, Supplier<Instant> clock) {
    this.source = source;
    this.listener = listener;
    this.clock = clock;
  }

  /// Has another thread read the source; if a reading is still in progress, this round is skipped.
  void begin(Executor threads) {
    if (!turn.tryAcquire()) {
      inTime = 0;
      if (!late) {
        late = true;
        listener.gap(source.name(), "reading is slower than the cadence: rounds are skipped");
      }
      return;
    }
    inTime++;
    if (inTime >= IN_TIME_MIN) {
      late = false;
    }
    try {
      threads.execute(this::readOnTurn);
    } catch (RejectedExecutionException e) {
      turn.release(); // closed meanwhile
    }
  }

  private void readOnTurn() {
    try {
      read();
      broken = false;
    } catch (RuntimeException e) {
      // A defect of the source or the listener must be visible, but must not end later rounds.
      if (!broken) {
        broken = true;
        listener.gap("sampler", "a round broke off: " + e);
      }
    } finally {
      turn.release();
    }
  }

  /// Reads the source now, or as soon as the current reading has finished.
  void await() throws InterruptedException {
    turn.acquire();
    try {
      read();
    } finally {
      turn.release();
    }
  }

  private void read() {
    if (!begun) {
      begun = true;
      source.begin();
    }
    try {
      report(source.read(clock.get()));
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        listener.gap(source.name(), Objects.requireNonNullElse(e.getMessage(), e.toString()));
      }
    }
  }

  private void report(List<ContainerSample> samples) {
    Set<String> missing = new HashSet<>(latest.keySet());
    for (ContainerSample sample : samples) {
      missing.remove(sample.container());
      if (!SampleTimes.isPlausible(sample.timestamp())) {
        leaveOut(sample);
        continue;
      }
      Instant before = latest.get(sample.container());
      if (before == null || sample.timestamp().isAfter(before)) {
        latest.put(sample.container(), sample.timestamp());
        listener.sampled(sample);
      }
      if (sample.memoryUsageBytes() < 0 && withoutMemory.add(sample.container())) {
        listener.gap(sample.container(), "memory is not known to " + source.name());
      }
    }
    for (String container : missing) {
      latest.remove(container);
      listener.gap(container, "no longer seen by " + source.name());
    }
  }

  private void leaveOut(ContainerSample sample) {
    if (undated.add(sample.container())) {
      listener.gap(
          sample.container(),
          "samples of %s whose timestamp cannot be true are left out".formatted(source.name()));
    }
  }
}
