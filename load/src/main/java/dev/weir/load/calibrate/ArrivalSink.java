package dev.weir.load.calibrate;

import dev.weir.base.IpText;
import dev.weir.load.pace.RealTimeScheduling;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// A small HTTP server on the loopback that records when each request arrives, to calibrate and
/// warm up the sender.
///
/// It handles only requests without a body, one at a time per connection.
public final class ArrivalSink implements AutoCloseable, Runnable {
  private static final int ARRIVALS_MAX = 10_000_000;
  private static final int READ_BYTES = 16 << 10;
  private static final int END_OF_HEAD = 0x0d0a0d0a;
  private static final byte[] RESPONSE =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Served-By: sink\r\n\r\nok"
          .getBytes(StandardCharsets.US_ASCII);

  private final Selector selector;
  private final ServerSocketChannel server;
  private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
  private final ByteBuffer response = ByteBuffer.allocateDirect(RESPONSE.length).put(RESPONSE);
  private final long[] arrivalsNanos;
  private volatile int count;
  private volatile boolean closed;

  /// A sink on a port of its own that keeps the first `arrivalsMax` arrivals.
  public ArrivalSink(int arrivalsMax) throws IOException {
    arrivalsNanos = new long[Math.clamp(arrivalsMax, 1, ARRIVALS_MAX)];
    selector = Selector.open();
    server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /// The URL it responds at.
  public String url() {
    byte[] address = server.socket().getInetAddress().getAddress();
    return "http://" + IpText.withPort(address, server.socket().getLocalPort()) + "/";
  }

  /// How many requests have arrived, of those that are kept.
  public int arrived() {
    return count;
  }

  /// Serves as a separate process: writes its URL to `out`, serves until `in` ends, then writes the
  /// number and the instants of the arrivals. It ends with its parent, whose death closes `in`.
  public static void serve(int arrivalsMax, InputStream in, OutputStream out) throws IOException {
    try (var sink = new ArrivalSink(arrivalsMax)) {
      Thread.ofPlatform().name("weir-sink").daemon().start(sink::measure);
      var data = new DataOutputStream(new BufferedOutputStream(out));
      data.writeUTF(sink.url());
      data.flush();
      in.transferTo(OutputStream.nullOutputStream());
      int arrived = sink.count;
      data.writeInt(arrived);
      for (int i = 0; i < arrived; i++) {
        data.writeLong(sink.arrivalsNanos[i]);
      }
      data.flush();
    }
  }

  /// Serves with real-time priority: a measuring instrument must be on time itself.
  private void measure() {
    boolean _ = RealTimeScheduling.request();
    run();
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        selector.select(this::ready);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the sink's selector failed", e);
    }
  }

  /// Stops serving. The connections end with the process or the collector.
  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    server.close();
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else if (key.channel() instanceof SocketChannel channel) {
        read(key, channel);
      }
    } catch (IOException _) {
      key.cancel();
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    while (channel != null) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_READ, new int[1]);
      channel = server.accept();
    }
  }

  private void read(SelectionKey key, SocketChannel channel) throws IOException {
    in.clear();
    int length = channel.read(in);
    long nowNanos = System.nanoTime();
    if (length < 0) {
      channel.close();
      return;
    }
    int[] last = (int[]) key.attachment();
    for (int i = 0; i < length; i++) {
      last[0] = last[0] << 8 | (in.get(i) & 0xff);
      if (last[0] == END_OF_HEAD) {
        arrived(nowNanos);
        channel.write(response.rewind());
      }
    }
  }

  private void arrived(long nowNanos) {
    int index = count;
    if (index < arrivalsNanos.length) {
      arrivalsNanos[index] = nowNanos;
      count = index + 1;
    }
  }
}
