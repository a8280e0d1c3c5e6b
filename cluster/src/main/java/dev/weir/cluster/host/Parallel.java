package dev.weir.cluster.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The same for many machines at once.
public final class Parallel {
  private Parallel() {}

  /// What is done for one of them.
  ///
  /// @param <T> what it is done for
  /// @param <R> what comes of it
  @FunctionalInterface
  public interface Task<T, R> {
    /// Does it.
    R of(T one) throws Exception;
  }

  /// What came of it: a result, or a failure.
  ///
  /// @param <T> what it was done for
  /// @param <R> what came of it
  public sealed interface Outcome<T, R> {
    /// What it was done for.
    T of();

    /// It went well.
    record Done<T, R>(T of, R result) implements Outcome<T, R> {}

    /// It did not.
    record Failed<T, R>(T of, Exception why) implements Outcome<T, R> {}
  }

  /// Does it for all at once, waits for all, and gives the outcomes in the order of `all`.
  public static <T, R> List<Outcome<T, R>> each(List<T> all, Task<T, R> task) {
    var futures = new ArrayList<Future<Outcome<T, R>>>();
    var outcomes = new ArrayList<Outcome<T, R>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      all.forEach(one -> futures.add(threads.submit(() -> outcome(one, task))));
      for (Future<Outcome<T, R>> future : futures) {
        outcomes.add(future.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while machines were asked", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return List.copyOf(outcomes);
  }

  private static <T, R> Outcome<T, R> outcome(T one, Task<T, R> task) {
    try {
      return new Outcome.Done<>(one, task.of(one));
    } catch (Exception e) {
      return new Outcome.Failed<>(one, e);
    }
  }
}
