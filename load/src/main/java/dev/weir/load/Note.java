package dev.weir.load;

/// What other threads tell the answer loop.
sealed interface Note {
  /// A new connection is open.
  ///
  /// @param wire its bytes
  /// @param tookNanos how long it took to open
  record Opened(Wire wire, long tookNanos) implements Note {}

  /// A connection could not be opened.
  ///
  /// @param kind why, in one word
  record DialFailed(String kind) implements Note {}

  /// A request is due and no connection was idle.
  ///
  /// @param number its position in the schedule
  record Waiting(int number) implements Note {}

  /// The kernel took only a part of a request.
  ///
  /// @param connection it is on
  /// @param number its position in the schedule
  record Unfinished(Connection connection, int number) implements Note {}

  /// A request could not be written.
  ///
  /// @param connection it is on
  /// @param number its position in the schedule
  record Broken(Connection connection, int number) implements Note {}

  /// A connection was taken and could not be used.
  ///
  /// @param connection to be closed
  record Discarded(Connection connection) implements Note {}

  /// No more requests will come due.
  record SendingEnded() implements Note {}
}
