package dev.weir.observe.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;

/// Where a server listens.
public sealed interface Listening extends Closeable permits TcpListening, UnixListening {
  /// Listens on a port.
  ///
  /// @throws IOException if the address cannot be had
  static Listening tcp(InetSocketAddress address) throws IOException {
    return new TcpListening(address);
  }

  /// Listens on a socket of the file system, which its owner and its group may open. One that a
  /// process left behind is replaced.
  ///
  /// @throws IOException if it cannot be made, or somebody listens on it
  static Listening unix(Path socket) throws IOException {
    return new UnixListening(socket);
  }

  /// Its address: of a port, the real one if any was asked for.
  SocketAddress address();

  /// The next connection.
  ///
  /// @throws IOException if it cannot be had, or this is closed
  Link accept() throws IOException;
}
