package dev.weir.load.send;

import dev.weir.load.http.ResponseParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/// One open connection and the request that is on it.
///
/// The sender's thread takes it, arms it and commits it; everything else is the response loop's.
/// Each step is one compare-and-set, so neither waits for the other.
final class Connection {
  /// Who may do what with it.
  enum State {
    /// Open and free.
    IDLE,
    /// Taken by the sender for a request that is not due yet.
    ARMED,
    /// Carries a request.
    SENT,
    /// Its response came before the sender was done with it.
    SETTLING,
    /// No more.
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

  /// The position in the schedule of the request it carries.
  int number() {
    return number;
  }

  long sentNanos() {
    return sentNanos;
  }

  /// Whether it was ever used.
  boolean carried() {
    return carried;
  }

  /// Whether the sender is done with the request, down to its last byte.
  boolean flushed() {
    return flushed;
  }

  /// Takes it out of the idle ones.
  boolean take() {
    return state.compareAndSet(State.IDLE, State.ARMED);
  }

  void arm(ByteBuffer message) throws IOException {
    transport.arm(message);
  }

  /// Makes it carry request `number` from now on, unless it was closed meanwhile.
  boolean commit(int number, long sentNanos) {
    this.number = number;
    this.sentNanos = sentNanos;
    this.carried = true;
    this.flushed = false;
    return state.compareAndSet(State.ARMED, State.SENT);
  }

  /// Sends what is armed, as far as the kernel takes it.
  ///
  /// @return whether all of it went
  boolean flush() throws IOException {
    boolean whole = false;
    try {
      whole = transport.flush();
      return whole;
    } finally {
      flushed = whole;
    }
  }

  /// Its response is complete; it is kept until [#flushed].
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

  /// Closes it whatever it carries.
  void close() {
    state.set(State.CLOSED);
    try {
      transport.channel().close();
    } catch (IOException _) {
      // The descriptor is released either way.
    }
  }
}
