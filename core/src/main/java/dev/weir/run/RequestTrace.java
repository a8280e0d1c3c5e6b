package dev.weir.run;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/// The requests of a run, in the order in which they were sent: when, and how long each took.
public final class RequestTrace {
  private static final double NANOS = 1e9;

  private final List<RequestRecord> requests;

  private RequestTrace(List<RequestRecord> requests) {
    this.requests = requests;
  }

  /// Those of a run that were sent.
  public static RequestTrace of(RunRecord run) {
    return new RequestTrace(
        run.requests().stream()
            .filter(request -> request.sentNanos() >= 0)
            .sorted(Comparator.comparingLong(RequestRecord::sentNanos))
            .toList());
  }

  /// Those that were sent, in that order.
  public List<RequestRecord> requests() {
    return Collections.unmodifiableList(requests);
  }

  /// How many were sent.
  public int size() {
    return requests.size();
  }

  /// When each was sent, in seconds.
  public double[] sentSeconds() {
    return requests.stream().mapToDouble(request -> request.sentNanos() / NANOS).toArray();
  }

  /// How long each response took that was one, in seconds.
  public double[] durationSeconds() {
    return requests.stream()
        .filter(RequestRecord::succeeded)
        .mapToDouble(request -> request.serviceNanos() / NANOS)
        .filter(seconds -> seconds > 0)
        .toArray();
  }

  /// Requests per second, from the first to the last.
  public double ratePerSecond() {
    long nanos = requests.getLast().sentNanos() - requests.getFirst().sentNanos();
    return (requests.size() - 1) / (nanos / NANOS);
  }
}
