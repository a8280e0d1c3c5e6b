package dev.weir.load.send;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Bytes without TLS.
final class PlainTransport implements Transport {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private ByteBuffer out = NONE;

  PlainTransport(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public SocketChannel channel() {
    return channel;
  }

  @Override
  public void arm(ByteBuffer message) {
    // All connections of a run send the same message, so a view of it is made only once.
    if (out.capacity() == 0) {
      out = message.duplicate();
    }
    out.clear();
  }

  @Override
  public boolean flush() throws IOException {
    channel.write(out);
    return !out.hasRemaining();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return channel.read(into);
  }

  @Override
  public boolean buffered() {
    return false;
  }
}
