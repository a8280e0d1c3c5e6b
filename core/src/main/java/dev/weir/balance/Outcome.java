package dev.weir.balance;

/// How a lease ended, which is what limits, speeds and ejections learn from.
public enum Outcome {
  /// The replica responded; its time counts.
  SUCCEEDED,
  /// The replica responded with an error, an HTTP status of 500 and above: it is alive, and the
  /// time says nothing about how long the work takes.
  ERRED,
  /// The replica failed: no connection, a reset, a time-out, a broken response.
  FAILED,
  /// The end says nothing about the replica: the client went away.
  IGNORED
}
