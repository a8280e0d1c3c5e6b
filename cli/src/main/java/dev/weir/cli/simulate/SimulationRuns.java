package dev.weir.cli.simulate;

import dev.weir.term.Progress;
import dev.weir.term.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// Runs simulations in parallel, one on each core, and shows their progress.
final class SimulationRuns {
  private static final long QUIET_NANOS = 2_000_000_000L;

  private SimulationRuns() {}

  /// One simulation.
  ///
  /// @param <T> its result
  interface Task<T> {
    /// Runs it; `progress` gets the share that is done, now and then.
    T run(IntConsumer progress);
  }

  /// Runs them all.
  ///
  /// @param each the number of steps of each
  static <T> List<T> all(String name, List<? extends Task<T>> tasks, int each)
      throws InterruptedException {
    var done = new AtomicIntegerArray(tasks.size());
    int threads = Math.clamp(tasks.size(), 1, Runtime.getRuntime().availableProcessors());
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      try {
        List<Future<T>> running =
            IntStream.range(0, tasks.size())
                .mapToObj(i -> executor.submit(() -> tasks.get(i).run(count -> done.set(i, count))))
                .toList();
        return await(name, running, done, each);
      } finally {
        executor.shutdownNow();
      }
    }
  }

  private static <T> List<T> await(
      String name, List<Future<T>> running, AtomicIntegerArray done, int each)
      throws InterruptedException {
    Terminal terminal = Terminal.system();
    long startNanos = System.nanoTime();
    var progress = new Progress(terminal, name, startNanos);
    var results = new ArrayList<T>();
    while (results.size() < running.size()) {
      try {
        results.add(running.get(results.size()).get(200, TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        long nowNanos = System.nanoTime();
        if (nowNanos - startNanos > QUIET_NANOS) {
          double sum = IntStream.range(0, done.length()).mapToDouble(done::get).sum();
          progress.show(sum / ((double) each * done.length()), "", nowNanos);
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a simulation failed", e.getCause());
      }
    }
    terminal.clear();
    return results;
  }
}
