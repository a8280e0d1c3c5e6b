package dev.weir.observe.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;

/// A connection that a server has accepted. It is equal to itself alone.
final class AcceptedConnection implements Closeable {
  private final String peer;
  private final Closeable channel;
  private final Optional<Socket> socket;
  private final InputStream in;
  private final OutputStream out;

  /// @param peer whose it is: an address, or a user of this machine
  /// @param channel what to close to cut it at once, during a read or write too
  /// @param socket what TLS can be laid over; empty for sockets of the file system
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

  /// Cuts it. Never fails: what cannot be closed is closed already, as far as we know.
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // Closed already.
    }
  }
}
