package dev.weir.load.send;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// An open connection's bytes, plain or through TLS.
///
/// One thread arms and flushes at a time, another reads.
sealed interface Transport permits PlainTransport, TlsTransport {
  /// The channel beneath, non-blocking.
  SocketChannel channel();

  /// Makes `message` ready to be sent by [#flush], so that nothing is left to compute then.
  void arm(ByteBuffer message) throws IOException;

  /// Hands what is armed to the kernel, as far as it takes it.
  ///
  /// @return whether all of it went
  boolean flush() throws IOException;

  /// Reads what has come into `into`, which must be empty.
  ///
  /// @return the number of bytes, 0 if none are there, -1 at the end
  int read(ByteBuffer into) throws IOException;

  /// Whether another read may give bytes though the channel has none.
  boolean buffered();
}
