package dev.weir.load.send;

/// The progress of a run at one instant.
///
/// @param elapsedNanos since the schedule's zero; negative before it
/// @param scheduledNanos when the last request is due
/// @param requested how many requests the schedule holds
/// @param issued how many have come due
/// @param ended how many of these got a response or failed
/// @param errors how many failed or got a response with a status of 400 and above
/// @param p50Nanos median latency so far
/// @param p99Nanos its 99th percentile
public record LoadProgress(
    long elapsedNanos,
    long scheduledNanos,
    int requested,
    int issued,
    int ended,
    long errors,
    long p50Nanos,
    long p99Nanos) {

  /// Requests that are under way or wait for a connection.
  public int inFlight() {
    return Math.max(0, issued - ended);
  }

  /// Requests issued per second so far.
  public double ratePerSecond() {
    return elapsedNanos <= 0 ? 0 : issued * 1e9 / elapsedNanos;
  }

  /// Time until the last request is due.
  public long leftNanos() {
    return Math.max(0, scheduledNanos - elapsedNanos);
  }
}
