package dev.weir.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// When each request of a run arrived and how long its response took, in order of arrival.
public final class ResponseTimes {
  private static final long UNSERVED = -1;

  private final long[] arrivedNanos;
  private final long[] responseNanos;
  private int arrivals;

  ResponseTimes(int requests) {
    arrivedNanos = new long[requests];
    responseNanos = new long[requests];
    Arrays.fill(responseNanos, UNSERVED);
  }

  void arrived(long nowNanos) {
    arrivedNanos[arrivals++] = nowNanos;
  }

  void responded(int index, long nanos) {
    responseNanos[index] = nanos;
  }

  /// How many requests arrived.
  public int size() {
    return arrivals;
  }

  /// When the last request arrived.
  public double endSeconds() {
    return arrivals == 0 ? 0 : arrivedNanos[arrivals - 1] / 1e9;
  }

  /// The first request that arrived at `seconds` or later; [#size()] if none did.
  public int firstSince(double seconds) {
    int at = Arrays.binarySearch(arrivedNanos, 0, arrivals, Math.round(seconds * 1e9));
    if (at < 0) {
      return -at - 1;
    }
    while (at > 0 && arrivedNanos[at - 1] == arrivedNanos[at]) {
      at--;
    }
    return at;
  }

  /// The times of those requests from `from` and before `to` that got a response.
  public long[] nanos(int from, int to) {
    return Arrays.stream(responseNanos, from, to).filter(nanos -> nanos != UNSERVED).toArray();
  }

  /// The figures of the requests from `from` and before `to`.
  public LatencyFigures figures(int from, int to) {
    return LatencyFigures.of(nanos(from, to));
  }

  /// The figures of each window of that width, by time of arrival.
  public List<Window> windows(double widthSeconds) {
    var windows = new ArrayList<Window>();
    for (int from = 0, i = 0; from < arrivals; i++) {
      int to = firstSince((i + 1) * widthSeconds);
      windows.add(new Window(i * widthSeconds, figures(from, to)));
      from = to;
    }
    return windows;
  }

  /// The requests that arrived in one window of time.
  ///
  /// @param startSeconds the start of the window
  /// @param figures the response times in it
  public record Window(double startSeconds, LatencyFigures figures) {}
}
