package dev.weir.report;

import dev.weir.run.RequestRecord;
import dev.weir.run.RunRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The requests of a run in consecutive windows of time.
///
/// Requests are counted by due time, except "sent", which is counted by send time: the difference
/// shows how late the sender was.
final class Timeline {
  private final Clock clock;
  private final double firstSecond;
  private final double windowSeconds;
  private final int windows;

  /// Windows of one length that cover a run from `firstSecond` on.
  private Timeline(Clock clock, double firstSecond, double windowSeconds, int windows) {
    this.clock = clock;
    this.firstSecond = firstSecond;
    this.windowSeconds = windowSeconds;
    this.windows = windows;
  }

  static Timeline of(RunRecord run, double windowSeconds) {
    Clock clock = Clock.of(run);
    double first = Double.POSITIVE_INFINITY;
    double last = Double.NEGATIVE_INFINITY;
    for (RequestRecord request : run.requests()) {
      first = Math.min(first, clock.at(request.dueNanos()));
      last = Math.max(last, clock.at(Math.max(request.dueNanos(), request.sentNanos())));
    }
    if (first > last) {
      return new Timeline(clock, 0, windowSeconds, 0);
    }
    double start = Math.floor(first / windowSeconds) * windowSeconds;
    return new Timeline(
        clock, start, windowSeconds, (int) Math.floor((last - start) / windowSeconds) + 1);
  }

  double firstSecond() {
    return firstSecond;
  }

  double endSecond() {
    return firstSecond + windows * windowSeconds;
  }

  int windows() {
    return windows;
  }

  /// Requests due in each window.
  int[] due(List<RequestRecord> requests) {
    return counts(requests.stream().mapToLong(RequestRecord::dueNanos).toArray());
  }

  /// Requests sent in each window.
  int[] sent(List<RequestRecord> requests) {
    return counts(
        requests.stream()
            .mapToLong(RequestRecord::sentNanos)
            .filter(nanos -> nanos >= 0)
            .toArray());
  }

  /// Requests due in each window that failed.
  int[] failed(List<RequestRecord> requests) {
    return counts(
        requests.stream()
            .filter(request -> !request.succeeded())
            .mapToLong(RequestRecord::dueNanos)
            .toArray());
  }

  /// Requests due in each window, by the replica that served them.
  Map<String, int[]> byReplica(List<RequestRecord> requests) {
    var counts = new TreeMap<String, int[]>();
    for (RequestRecord request : requests) {
      if (!request.replica().isEmpty()) {
        counts
            .computeIfAbsent(request.replica(), name -> new int[windows])[
            window(request.dueNanos())]++;
      }
    }
    return counts;
  }

  /// The latencies of the requests due in each window that succeeded.
  List<Percentiles> latencies(List<RequestRecord> requests) {
    List<RequestRecord> good = requests.stream().filter(RequestRecord::succeeded).toList();
    int[] counts = counts(good.stream().mapToLong(RequestRecord::dueNanos).toArray());
    var latencies = new ArrayList<long[]>();
    for (int count : counts) {
      latencies.add(new long[count]);
    }
    for (RequestRecord request : good) {
      int window = window(request.dueNanos());
      latencies.get(window)[--counts[window]] = request.latencyNanos();
    }
    return latencies.stream().map(Percentiles::new).toList();
  }

  private int[] counts(long[] nanos) {
    var counts = new int[windows];
    Arrays.stream(nanos).forEach(instant -> counts[window(instant)]++);
    return counts;
  }

  /// Stays within the bounds, which come from the same instants: a division may round up.
  private int window(long nanos) {
    return Math.clamp((long) ((clock.at(nanos) - firstSecond) / windowSeconds), 0, windows - 1);
  }
}
