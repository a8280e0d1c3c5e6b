package dev.weir.observe.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;

/// Where a server listens.
public sealed interface Listener extends Closeable permits TcpListener, UnixListener {
  /// Listens on a port.
  ///
  /// @throws IOException if the address cannot be had
  static Listener tcp(InetSocketAddress address) throws IOException {
    return new TcpListener(address);
  }

  /// Listens on a socket of the file system, which its owner and its group may open. One that a
  /// process left behind is replaced.
  ///
  /// @throws IOException if it cannot be made, or somebody listens on it
  static Listener unix(Path socket) throws IOException {
    return new UnixListener(socket);
  }

  /// Its address: of a port, the real one if any was asked for.
  SocketAddress address();

  /// The next connection.
  ///
  /// @throws IOException if it cannot be had, or this is closed
  AcceptedConnection accept() throws IOException;
}
