package dev.weir.cluster.doctor.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Does the same with many things at once, each for a bounded time.
final class Together {
  /// How many at most; each may be a process of ssh.
  private static final int AT_ONCE_MAX = 32;

  private Together() {}

  /// The results, in the order of the things.
  ///
  /// @param late gives the result of what did not end within `limit`
  static <T, R> List<R> map(
      List<T> things, Duration limit, Function<T, R> each, Function<T, R> late) {
    var room = new Semaphore(AT_ONCE_MAX);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<R>> futures =
          things.stream().map(thing -> threads.submit(() -> one(thing, each, room))).toList();
      long end = System.nanoTime() + limit.toNanos();
      var results = new ArrayList<R>();
      for (int i = 0; i < things.size(); i++) {
        results.add(result(futures.get(i), end, things.get(i), late));
      }
      return results;
    } finally {
      threads.shutdownNow(); // what is late is not waited for
    }
  }

  private static <T, R> R one(T thing, Function<T, R> each, Semaphore room)
      throws InterruptedException {
    room.acquire();
    try {
      return each.apply(thing);
    } finally {
      room.release();
    }
  }

  private static <T, R> R result(Future<R> future, long end, T thing, Function<T, R> late) {
    try {
      return future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | CancellationException e) {
      return late.apply(thing);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a reading failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return late.apply(thing);
    }
  }
}
