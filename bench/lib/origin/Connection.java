import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// A balancer's connection to a replica of bench/tails: HTTP/1.1, kept open, requests without a body.
final class Connection {
  private static final int HEAD_BYTES_MAX = 8192;
  private static final int END_OF_HEAD = 0x0d0a0d0a;
  private static final byte[] RESPONSE =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nok\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private final Consumer<Connection> onRequest;
  private final ByteBuffer in = ByteBuffer.allocate(HEAD_BYTES_MAX);

  /// The last four bytes that were read: how a head ends.
  private int last;

  private int headBytes;

  Connection(SocketChannel channel, Consumer<Connection> onRequest) {
    this.channel = channel;
    this.onRequest = onRequest;
  }

  /// Reads what there is and reports each whole request.
  void read() {
    try {
      in.clear();
      if (channel.read(in) < 0) {
        channel.close();
        return;
      }
      in.flip();
      while (in.hasRemaining()) {
        last = last << 8 | (in.get() & 0xff);
        headBytes++;
        if (last == END_OF_HEAD) {
          last = 0;
          headBytes = 0;
          onRequest.accept(this);
        }
      }
      if (headBytes > HEAD_BYTES_MAX) {
        channel.close();
      }
    } catch (IOException e) {
      close();
    }
  }

  /// Sends the response; a balancer that has gone gets none.
  void respond() {
    try {
      var response = ByteBuffer.wrap(RESPONSE);
      channel.write(response);
      if (response.hasRemaining()) {
        channel.close();
      }
    } catch (IOException e) {
      close();
    }
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no more use either way.
    }
  }
}
