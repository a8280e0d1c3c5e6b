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

/// Reads all sources at once, so that a slow one delays no other.
///
/// It needs at most one thread per source, because no source is read twice at once.
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

  /// Also reads this source, from the next round on.
  void add(SampleSource source) {
    readings.add(new SourceReading(source, listener, clock));
  }

  int size() {
    return readings.size();
  }

  /// Starts to read every source that is not still being read, without waiting.
  void begin() {
    readings.forEach(one -> one.begin(threads));
  }

  /// Reads all sources, waiting for readings in progress.
  ///
  /// @throws IllegalStateException if that takes longer than `secondsMax`, or a source or the
  ///   listener fails; all others have been read then
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
