import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/// One connection of a loop. Only its loop's thread touches it.
final class Line {
  /// How much a source may send at once, so that one connection does not keep the others waiting.
  private static final int TURN_BYTES = 64 * 1024;

  final Loop loop;

  /// Set right after the registration; null until then.
  SelectionKey key;

  private long bytesOut;

  /// How many messages may wait to be sent before no more is read.
  private static final int UNSENT_MAX = 64;

  private final SocketChannel channel;
  private final Handler handler;
  private final ArrayDeque<ByteBuffer> out = new ArrayDeque<>();
  private Supplier<ByteBuffer> source;
  private boolean open;
  private boolean gone;
  private boolean reading = true;

  Line(Loop loop, SocketChannel channel, Handler handler) {
    this.loop = loop;
    this.channel = channel;
    this.handler = handler;
  }

  boolean isOpen() {
    return open && !gone;
  }

  void connected() {
    open = true;
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    } catch (IOException e) {
      // It is gone already; the first read says so.
    }
    handler.opened(this);
  }

  /// Sends the bytes after those that wait.
  void send(byte[] bytes) {
    if (!isOpen() || bytes.length == 0) {
      return;
    }
    out.add(ByteBuffer.wrap(bytes));
    write();
  }

  /// Sends what the source gives whenever there is room, until it gives null.
  void stream(Supplier<ByteBuffer> from) {
    source = from;
    interest();
  }

  /// Whether bytes are read as they come. Without it the kernel's buffer fills up, and then the
  /// sender waits.
  void reading(boolean now) {
    reading = now;
    interest();
  }

  /// Reads a few bytes although reading is off.
  void sip(int bytes) {
    if (isOpen()) {
      read(ByteBuffer.allocate(bytes));
    }
  }

  /// Sends no more, and goes on reading.
  void halfClose() {
    try {
      if (isOpen()) {
        channel.shutdownOutput();
      }
    } catch (IOException e) {
      close();
    }
  }

  /// Closes with a reset.
  void reset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // It is gone already.
    }
    close();
  }

  void close() {
    if (gone) {
      return;
    }
    gone = true;
    try {
      channel.close();
    } catch (IOException e) {
      // It is of no more use either way.
    }
    handler.closed(this);
  }

  void ready(SelectionKey ready, ByteBuffer in) {
    if (ready.isConnectable()) {
      finishConnect();
      return;
    }
    if (ready.isReadable()) {
      read(in);
    }
    if (!gone && ready.isWritable()) {
      write();
    }
  }

  private void finishConnect() {
    try {
      channel.finishConnect();
      key.interestOps(SelectionKey.OP_READ);
      connected();
    } catch (IOException e) {
      close();
    }
  }

  private void read(ByteBuffer in) {
    try {
      in.clear();
      int count = channel.read(in);
      if (count < 0) {
        reading(false);
        handler.ended(this);
        return;
      }
      in.flip();
      handler.received(this, in);
    } catch (IOException e) {
      close();
    }
  }

  private void write() {
    try {
      long before = bytesOut;
      while (bytesOut - before < TURN_BYTES) {
        ByteBuffer next = out.peek();
        if (next == null) {
          next = source == null ? null : source.get();
          if (next == null) {
            source = null;
            break;
          }
          out.add(next);
        }
        bytesOut += channel.write(next);
        if (next.hasRemaining()) {
          break;
        }
        out.poll();
      }
      interest();
    } catch (IOException e) {
      close();
    }
  }

  private void interest() {
    if (isOpen() && key != null && key.isValid()) {
      boolean writing = !out.isEmpty() || source != null;
      // One that echoes must not hold all that its client does not take.
      boolean takes = reading && out.size() < UNSENT_MAX;
      key.interestOps((takes ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0));
    }
  }
}
