package dev.weir.balance;

/// How a lease ended, which is what limits, speeds and ejections learn from.
public enum Fate {
  /// The replica answered; its time counts.
  SUCCEEDED,
  /// The replica failed: no connection, a reset, a time-out, a broken answer.
  FAILED,
  /// The end says nothing about the replica: the client went away.
  IGNORED
}
