package dev.weir.balance;

/// Why a request was not served.
public enum Refusal implements Admission {
  /// The queue was at its cap when the request came.
  QUEUE_FULL,
  /// The request waited in the queue until its deadline.
  DEADLINE,
  /// The service has no replica.
  NO_REPLICA,
  /// The service has no replica, and the one that was to serve the request cannot be started.
  START_FAILED
}
