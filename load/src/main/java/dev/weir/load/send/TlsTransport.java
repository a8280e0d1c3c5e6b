package dev.weir.load.send;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/// Bytes through the JDK's TLS engine, after the handshake.
final class TlsTransport implements Transport {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int RECORD_BYTES_MAX = 16_384;

  private final SocketChannel channel;
  private final SSLEngine engine;
  private final ByteBuffer netIn;

  /*
   * The sender's thread wraps a request while the reading thread may have to wrap a reply to a key
   * update. Both use this lock; otherwise it is free.
   */
  private final Object outLock = new Object();
  private ByteBuffer netOut;

  private TlsTransport(SocketChannel channel, SSLEngine engine) {
    this.channel = channel;
    this.engine = engine;
    int packet = engine.getSession().getPacketBufferSize();
    this.netIn = ByteBuffer.allocate(packet);
    this.netOut = ByteBuffer.allocateDirect(packet);
  }

  /// Performs the handshake over the still blocking `channel`; gives up after a silence of its
  /// socket's timeout.
  static TlsTransport handshake(SocketChannel channel, SSLEngine engine) throws IOException {
    engine.setUseClientMode(true);
    engine.beginHandshake();
    var transport = new TlsTransport(channel, engine);
    transport.shake();
    return transport;
  }

  @Override
  public SocketChannel channel() {
    return channel;
  }

  @Override
  public void arm(ByteBuffer message) throws IOException {
    ByteBuffer plain = message.duplicate().clear();
    synchronized (outLock) {
      int packets = 1 + plain.remaining() / RECORD_BYTES_MAX;
      int need = packets * engine.getSession().getPacketBufferSize();
      if (netOut.capacity() < need) {
        netOut = ByteBuffer.allocateDirect(need);
      }
      netOut.clear();
      while (plain.hasRemaining()) {
        require(engine.wrap(plain, netOut));
      }
      netOut.flip();
    }
  }

  @Override
  public boolean flush() throws IOException {
    synchronized (outLock) {
      channel.write(netOut);
      return !netOut.hasRemaining();
    }
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    while (true) {
      netIn.flip();
      SSLEngineResult result = engine.unwrap(netIn, into);
      netIn.compact();
      switch (result.getStatus()) {
        case OK -> {
          afterHandshake(result.getHandshakeStatus());
          if (result.bytesProduced() > 0) {
            return result.bytesProduced();
          }
          if (result.bytesConsumed() == 0) {
            return 0;
          }
        }
        case BUFFER_UNDERFLOW -> {
          int count = channel.read(netIn);
          if (count <= 0) {
            return count;
          }
        }
        case BUFFER_OVERFLOW -> throw new SSLException("a TLS record longer than allowed");
        case CLOSED -> {
          return -1;
        }
      }
    }
  }

  @Override
  public boolean buffered() {
    return netIn.position() > 0;
  }

  private void shake() throws IOException {
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> sendHandshake();
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> receiveHandshake();
        case FINISHED, NOT_HANDSHAKING -> {
          return;
        }
      }
    }
  }

  private void receiveHandshake() throws IOException {
    netIn.flip();
    SSLEngineResult result = engine.unwrap(netIn, NOTHING);
    netIn.compact();
    switch (result.getStatus()) {
      case OK -> {}
      case BUFFER_UNDERFLOW -> {
        // Through the socket's stream, because only that obeys the socket's timeout.
        byte[] array = netIn.array();
        int count =
            channel.socket().getInputStream().read(array, netIn.position(), netIn.remaining());
        if (count < 0) {
          throw new EOFException("closed during the TLS handshake");
        }
        netIn.position(netIn.position() + count);
      }
      case BUFFER_OVERFLOW, CLOSED -> throw new SSLException("the TLS handshake was cut off");
    }
  }

  private void sendHandshake() throws IOException {
    netOut.clear();
    require(engine.wrap(NOTHING, netOut));
    netOut.flip();
    while (netOut.hasRemaining()) {
      channel.write(netOut);
    }
  }

  private void runTasks() {
    Runnable task = engine.getDelegatedTask();
    while (task != null) {
      task.run();
      task = engine.getDelegatedTask();
    }
  }

  /// Handles messages after the handshake: tickets need nothing, key updates a reply.
  private void afterHandshake(HandshakeStatus status) throws IOException {
    switch (status) {
      case NEED_TASK -> runTasks();
      case NEED_WRAP -> {
        ByteBuffer reply = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        synchronized (outLock) {
          if (netOut.hasRemaining() && netOut.position() > 0) {
            throw new SSLException("the peer renegotiated in the middle of a request");
          }
          require(engine.wrap(NOTHING, reply));
          channel.write(reply.flip());
        }
      }
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> {}
    }
  }

  private static void require(SSLEngineResult result) throws SSLException {
    if (result.getStatus() != SSLEngineResult.Status.OK) {
      throw new SSLException("TLS gave up: " + result.getStatus());
    }
  }
}
