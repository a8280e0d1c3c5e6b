package dev.weir.swarm.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// A Unix socket as a [Socket] with its timeouts, which HTTP libraries need. Java itself offers
/// such sockets only as channels.
final class UnixSocket extends Socket {
  private final SocketChannel channel;
  private final Waiting reading;
  private final Waiting writing;
  private volatile int timeoutMillis;

  /// Connects.
  UnixSocket(Path path) throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try (var deadline = Deadline.of(EngineConnectionPool.CONNECT, channel)) {
      connect(UnixDomainSocketAddress.of(path), deadline);
      channel.configureBlocking(false);
      reading = new Waiting(channel, SelectionKey.OP_READ);
      writing = new Waiting(channel, SelectionKey.OP_WRITE);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// Connecting waits while the listener's queue is full.
  private void connect(UnixDomainSocketAddress to, Deadline deadline) throws IOException {
    try {
      channel.connect(to);
    } catch (ClosedChannelException e) {
      throw deadline.hasPassed() ? new SocketTimeoutException("its queue is full") : e;
    }
  }

  @Override
  public InputStream getInputStream() {
    return new In();
  }

  @Override
  public OutputStream getOutputStream() {
    return new Out();
  }

  @Override
  public void setSoTimeout(int millis) {
    timeoutMillis = millis;
  }

  @Override
  public int getSoTimeout() {
    return timeoutMillis;
  }

  /// Closes, and wakes a waiting thread.
  @Override
  public void close() throws IOException {
    channel.close();
    reading.selector.close();
    writing.selector.close();
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public boolean isConnected() {
    return channel.isConnected();
  }

  @Override
  public boolean isBound() {
    return channel.isOpen();
  }

  @Override
  public void setSoLinger(boolean on, int seconds) {}

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  @SuppressWarnings("NullAway") // a Socket without an address returns null, and its users know
  public InetAddress getInetAddress() {
    return null;
  }

  @Override
  @SuppressWarnings("NullAway") // likewise
  public SocketAddress getRemoteSocketAddress() {
    return null;
  }

  @Override
  public String toString() {
    return "unix socket";
  }

  /// The input of the socket.
  private final class In extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      var into = ByteBuffer.wrap(bytes, offset, length);
      if (length == 0) {
        return 0;
      }
      int count = channel.read(into);
      if (count == 0) {
        reading.await(timeoutMillis);
        count = channel.read(into);
      }
      if (count == 0) {
        throw new SocketException("socket said to be readable, and was not");
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      UnixSocket.this.close();
    }
  }

  /// The output of the socket.
  private final class Out extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      var from = ByteBuffer.wrap(bytes, offset, length);
      while (from.hasRemaining()) {
        if (channel.write(from) == 0) {
          writing.await(timeoutMillis);
        }
      }
    }

    @Override
    public void close() throws IOException {
      UnixSocket.this.close();
    }
  }

  /// The wait of one direction.
  private static final class Waiting {
    private final Selector selector = Selector.open();

    Waiting(SocketChannel channel, int operation) throws IOException {
      channel.register(selector, operation);
    }

    void await(int millis) throws IOException {
      try {
        if (selector.select(millis) == 0 && selector.isOpen()) {
          throw new SocketTimeoutException("nothing for %d ms".formatted(millis));
        }
        selector.selectedKeys().clear();
      } catch (ClosedSelectorException e) {
        var closed = new ClosedChannelException();
        closed.initCause(e);
        throw closed;
      }
    }
  }
}
