package dev.weir.load.send;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// An open connection's bytes, plain or through TLS.
///
/// One thread at a time arms and flushes; another reads.
sealed interface Transport permits PlainTransport, TlsTransport {
  /// The channel beneath, non-blocking.
  SocketChannel channel();

  /// Prepares `message` completely, so that [#flush] only has to send it.
  void arm(ByteBuffer message) throws IOException;

  /// Gives the armed bytes to the kernel, as far as it takes them.
  ///
  /// @return whether it took all of them
  boolean flush() throws IOException;

  /// Reads the available bytes into `into`, which must be empty.
  ///
  /// @return the number of bytes, 0 if none are there, -1 at the end
  int read(ByteBuffer into) throws IOException;

  /// Whether another read may return bytes even if the channel has none.
  boolean buffered();
}
