import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Accepts the connections of all replicas of bench/tails and reads their requests, in one thread, so
/// that thousands of connections cost little.
final class Door {
  private static final int BACKLOG = 4096;

  private final Selector selector = Selector.open();
  private final Map<Integer, ServerSocketChannel> open = new HashMap<>();

  Door() throws IOException {
    Thread.ofPlatform().name("door").start(this::run);
  }

  /// Listens on the port, unless it does already.
  ///
  /// @param onRequest gets the connection of each request, in this door's thread
  void open(int port, Consumer<Connection> onRequest) throws IOException {
    if (open.containsKey(port)) {
      return;
    }
    var server = ServerSocketChannel.open();
    server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT, onRequest);
    open.put(port, server);
    selector.wakeup();
  }

  /// Stops listening on the port.
  void close(int port) throws IOException {
    ServerSocketChannel server = open.remove(port);
    if (server != null) {
      server.close();
      selector.wakeup();
    }
  }

  private void run() {
    while (true) {
      try {
        selector.select(this::handle);
      } catch (CancelledKeyException e) {
        // The clock's thread has closed this connection meanwhile.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void handle(SelectionKey key) {
    if (key.isValid() && key.isAcceptable()) {
      @SuppressWarnings("unchecked") // attached where the port is opened
      var onRequest = (Consumer<Connection>) key.attachment();
      accept((ServerSocketChannel) key.channel(), onRequest);
    } else if (key.isValid() && key.isReadable()) {
      ((Connection) key.attachment()).read();
    }
  }

  private void accept(ServerSocketChannel server, Consumer<Connection> onRequest) {
    try {
      SocketChannel channel = server.accept();
      if (channel != null) {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ, new Connection(channel, onRequest));
      }
    } catch (IOException e) {
      // The client has gone, or there are no descriptors: let others go on.
      LockSupport.parkNanos(1_000_000);
    }
  }
}
