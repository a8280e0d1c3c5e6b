import java.nio.ByteBuffer;

/// What one side of a connection does, always in the thread of its loop.
interface Handler {
  /// The connection is there.
  default void opened(Line line) {}

  /// Bytes arrived; what is left in the buffer afterwards is dropped.
  default void received(Line line, ByteBuffer bytes) {}

  /// The other side sends no more. Closes the connection unless overridden.
  default void ended(Line line) {
    line.close();
  }

  /// The connection is gone, or was refused.
  default void closed(Line line) {}
}
