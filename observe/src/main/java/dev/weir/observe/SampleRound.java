package dev.weir.observe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Reads every source, all of them at once, so that one that is slow holds up no other.
///
/// There are no more threads than sources, as none is read twice at once.
final class SampleRound implements AutoCloseable {
  private final List<SourceReading> readings = new CopyOnWriteArrayList<>();
  private final SampleListener listener;
  private final Supplier<Instant> clock;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("weir-sampler-", 0).factory());

  SampleRound(List<SampleSource> sources, SampleListener listener, Supplier<Instant> clock) {
    this.listener = listener;
    this.clock = clock;
    sources.forEach(this::add);
  }

  /// From the next round on, this is read as well.
  void add(SampleSource source) {
    readings.add(new SourceReading(source, listener, clock));
  }

  int size() {
    return readings.size();
  }

  /// Has all read that are not being read still, and waits for none.
  void begin() {
    readings.forEach(one -> one.begin(threads));
  }

  /// Reads all, those being read as soon as that has ended.
  ///
  /// @throws IllegalStateException if that takes longer than `secondsMax`, or a source or the
  ///   listener breaks down; all others have been read then
  void run(long secondsMax) throws InterruptedException {
    List<Callable<Boolean>> tasks = new ArrayList<>(readings.size());
    for (SourceReading one : readings) {
      tasks.add(() -> {
        one.await();
        return true;
      });
    }
    for (Future<Boolean> read : threads.invokeAll(tasks, secondsMax, TimeUnit.SECONDS)) {
      if (read.isCancelled()) {
        throw new IllegalStateException(
            "sampler: a round did not end within %d s".formatted(secondsMax));
      }
      try {
        boolean _ = read.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("sampler: a round broke off: " + e.getCause(), e);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
