package dev.weir.run;

/// One request of a run and its three instants, in nanoseconds since the run's epoch
/// ([RunInfo#startedAt]).
///
/// Latency counts from the due time, so a stalling sender or server also pays for the requests it
/// delayed (Tene, "How NOT to measure latency"; wrk2).
///
/// @param number position in the schedule, from 0
/// @param dueNanos when the schedule wanted it sent
/// @param sentNanos when its first byte was handed to the kernel; -1 if it never was
/// @param respondedNanos when its last byte arrived, or when it failed
/// @param status the HTTP status, or 0 if there was no response
/// @param bytes the length of the response's body
/// @param replica the replica that served it, or "" if unknown
/// @param error what went wrong in one word ("timeout", "connect", "reset", ...), or "" if nothing
public record RequestRecord(
    long number,
    long dueNanos,
    long sentNanos,
    long respondedNanos,
    int status,
    long bytes,
    String replica,
    String error) {

  /// The same request on a clock that started `nanos` earlier.
  public RequestRecord shifted(long nanos) {
    return new RequestRecord(
        number,
        dueNanos + nanos,
        sentNanos < 0 ? sentNanos : sentNanos + nanos,
        respondedNanos + nanos,
        status,
        bytes,
        replica,
        error);
  }

  /// The same request, with another name for its replica.
  public RequestRecord respondedBy(String name) {
    return name.equals(replica)
        ? this
        : new RequestRecord(
            number, dueNanos, sentNanos, respondedNanos, status, bytes, name, error);
  }

  /// From due to the response: what a user would have waited.
  public long latencyNanos() {
    return respondedNanos - dueNanos;
  }

  /// From sent to the response, or 0 if it was never sent.
  public long serviceNanos() {
    return sentNanos < 0 ? 0 : respondedNanos - sentNanos;
  }

  /// From due to sent: how late the sender was. For a request that was never sent it runs until it
  /// was given up.
  public long lagNanos() {
    return (sentNanos < 0 ? respondedNanos : sentNanos) - dueNanos;
  }

  /// Whether a usable response came: no error and a status below 400.
  public boolean succeeded() {
    return error.isEmpty() && status > 0 && status < 400;
  }
}
