package dev.weir.swarm.app;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Waits until an app responds.
final class ResponseProbe {
  private static final int CONNECT_MILLIS = 1_000;
  private static final int RESPONSE_MILLIS = 5_000;
  private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

  private ResponseProbe() {}

  /// Asks `url` until any response comes.
  ///
  /// @param ended says why the app ended, once it has
  static Readiness await(String url, Duration time, Supplier<Optional<String>> ended) {
    long startNanos = System.nanoTime();
    while (true) {
      Optional<String> why = ended.get();
      if (why.isPresent()) {
        return new Readiness.Ended(why.get());
      }
      Optional<Integer> status = ask(url);
      Duration passed = Duration.ofNanos(System.nanoTime() - startNanos);
      if (status.isPresent()) {
        return new Readiness.Responding(url, status.get(), passed);
      }
      if (passed.compareTo(time) >= 0) {
        return new Readiness.Silent(url, time);
      }
      pause();
    }
  }

  /// Waits a moment between two attempts.
  static void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("interrupted while waiting for an app");
    }
  }

  /// The status, 0 for a response that is not HTTP, or empty. A connection alone proves nothing:
  /// the Engine accepts connections to a forwarded port before the app does.
  private static Optional<Integer> ask(String url) {
    try {
      var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(RESPONSE_MILLIS);
      connection.setInstanceFollowRedirects(false);
      try {
        return Optional.of(Math.max(0, connection.getResponseCode()));
      } finally {
        connection.disconnect();
      }
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
