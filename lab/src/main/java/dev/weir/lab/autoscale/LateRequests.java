package dev.weir.lab.autoscale;

import dev.weir.run.RequestRecord;
import dev.weir.scale.Promise;
import java.time.Duration;
import java.util.TreeMap;

/// Counts the requests that got no usable response within the promised time, in windows by their
/// due time.
final class LateRequests {
  private final Promise promise;
  private final long windowNanos;
  private final TreeMap<Long, Window> windows = new TreeMap<>();
  private long requests;
  private long late;

  LateRequests(Promise promise, Duration window) {
    this.promise = promise;
    this.windowNanos = window.toNanos();
  }

  /// Counts a request.
  ///
  /// @param zeroNanos the begin of the first window, on the request's clock
  void note(RequestRecord request, long zeroNanos) {
    boolean isLate = !request.succeeded() || request.latencyNanos() > promise.seconds() * 1e9;
    Window window =
        windows.computeIfAbsent(
            Math.floorDiv(request.dueNanos() - zeroNanos, windowNanos), _ -> new Window());
    window.requests++;
    requests++;
    if (isLate) {
      window.late++;
      late++;
    }
  }

  /// The part of all requests that were late.
  double share() {
    return requests == 0 ? 0 : (double) late / requests;
  }

  /// The part of the windows with any request in which more than the promise allows were late.
  double badShare() {
    double allowed = 1 - promise.share();
    long bad =
        windows.values().stream()
            .filter(window -> window.late > allowed * window.requests + 1e-9)
            .count();
    return windows.isEmpty() ? 0 : (double) bad / windows.size();
  }

  /// Requests that were due in one stretch of time.
  private static final class Window {
    private long requests;
    private long late;
  }
}
