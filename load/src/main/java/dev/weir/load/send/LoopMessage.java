package dev.weir.load.send;

/// A message from another thread to the response loop.
sealed interface LoopMessage {
  /// A new connection is open.
  ///
  /// @param transport its bytes
  /// @param tookNanos how long it took to open
  record Opened(Transport transport, long tookNanos) implements LoopMessage {}

  /// A connection could not be opened.
  ///
  /// @param kind why, in one word
  record DialFailed(String kind) implements LoopMessage {}

  /// A request is due and no connection was idle.
  ///
  /// @param number its position in the schedule
  record Waiting(int number) implements LoopMessage {}

  /// The kernel took only a part of a request.
  ///
  /// @param connection it is on
  /// @param number its position in the schedule
  record Unfinished(Connection connection, int number) implements LoopMessage {}

  /// A request could not be written.
  ///
  /// @param connection it is on
  /// @param number its position in the schedule
  record Broken(Connection connection, int number) implements LoopMessage {}

  /// A connection was taken but could not be used.
  ///
  /// @param connection to be closed
  record Discarded(Connection connection) implements LoopMessage {}

  /// No more requests will come due.
  record SendingEnded() implements LoopMessage {}
}
