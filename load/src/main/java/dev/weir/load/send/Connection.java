package dev.weir.load.send;

import dev.weir.load.http.ResponseParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/// One open connection and its current request.
///
/// The sender's thread takes, arms and commits it; the response loop does the rest. Each step is
/// one compare-and-set, so neither thread waits for the other.
final class Connection {
  /// Determines which thread may use it, and how.
  enum State {
    /// Open and free.
    IDLE,
    /// Taken by the sender for a request that is not due yet.
    ARMED,
    /// Carries a request.
    SENT,
    /// Its response came before the sender had finished.
    SETTLING,
    /// Closed.
    CLOSED
  }

  private final Transport transport;
  private final ResponseParser parser;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

  private int number;
  private long sentNanos;
  private boolean carried;
  private volatile boolean flushed = true;

  Connection(Transport transport, ResponseParser parser) {
    this.transport = transport;
    this.parser = parser;
    parser.begin();
  }

  Transport transport() {
    return transport;
  }

  ResponseParser parser() {
    return parser;
  }

  State state() {
    return state.get();
  }

  /// The position of its request in the schedule.
  int number() {
    return number;
  }

  long sentNanos() {
    return sentNanos;
  }

  /// Whether it ever carried a request.
  boolean carried() {
    return carried;
  }

  /// Whether the sender has finished with the request, including its last byte.
  boolean flushed() {
    return flushed;
  }

  /// Takes it for a request if it is idle.
  boolean take() {
    return state.compareAndSet(State.IDLE, State.ARMED);
  }

  void arm(ByteBuffer message) throws IOException {
    transport.arm(message);
  }

  /// Assigns request `number` to it, unless it was closed meanwhile.
  boolean commit(int number, long sentNanos) {
    this.number = number;
    this.sentNanos = sentNanos;
    this.carried = true;
    this.flushed = false;
    return state.compareAndSet(State.ARMED, State.SENT);
  }

  /// Sends the armed bytes, as far as the kernel takes them.
  ///
  /// @return whether the kernel took all of them
  boolean flush() throws IOException {
    boolean whole = false;
    try {
      whole = transport.flush();
      return whole;
    } finally {
      flushed = whole;
    }
  }

  /// Its response is complete; it waits until [#flushed].
  void settle() {
    state.set(State.SETTLING);
  }

  /// Makes it free for the next request.
  void recycle() {
    parser.begin();
    state.set(State.IDLE);
  }

  /// Closes it unless it carries a request.
  boolean closeUnsent() {
    return state.compareAndSet(State.IDLE, State.CLOSED)
        || state.compareAndSet(State.ARMED, State.CLOSED);
  }

  /// Closes it in any state.
  void close() {
    state.set(State.CLOSED);
    try {
      transport.channel().close();
    } catch (IOException _) {
      // The descriptor is released either way.
    }
  }
}
