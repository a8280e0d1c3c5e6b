package dev.weir.observe.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;

/// A connection that a server has accepted. Equality is identity.
final class AcceptedConnection implements Closeable {
  private final String peer;
  private final Closeable channel;
  private final Optional<Socket> socket;
  private final InputStream in;
  private final OutputStream out;

  /// @param peer its owner: an address, or a user of this machine
  /// @param channel closing this cuts it at once, even during a read or write
  /// @param socket for TLS on top of it; empty for Unix sockets
  AcceptedConnection(
      String peer, Closeable channel, Optional<Socket> socket, InputStream in, OutputStream out) {
    this.peer = peer;
    this.channel = channel;
    this.socket = socket;
    this.in = in;
    this.out = out;
  }

  String peer() {
    return peer;
  }

  Optional<Socket> socket() {
    return socket;
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  /// Cuts it. Never fails: a connection that cannot be closed counts as closed.
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // Closed already.
    }
  }
}
