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
  /// @throws IOException if it cannot listen on the address
  static Listener tcp(InetSocketAddress address) throws IOException {
    return new TcpListener(address);
  }

  /// Listens on a Unix socket, which its owner and its group may open. A socket that a dead process
  /// left behind is replaced.
  ///
  /// @throws IOException if it cannot be made, or another process listens on it
  static Listener unix(Path socket) throws IOException {
    return new UnixListener(socket);
  }

  /// Its address, with the real port if any port was requested.
  SocketAddress address();

  /// The next connection.
  ///
  /// @throws IOException if accepting fails, or this is closed
  AcceptedConnection accept() throws IOException;
}
