import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// One thread that drives thousands of connections and timers: the clients of an attack, or bad
/// replicas.
final class Loop {
  private static final int BACKLOG = 4096;
  private static final int READ_BYTES = 64 * 1024;
  private static final int ACCEPTS_MAX = 64;

  /// Of the kernel, for each direction: thousands of connections with its own choice of megabytes
  /// would bring the machine down before the balancer.
  private static final int SOCKET_BYTES = 64 * 1024;

  private record Timer(long atNanos, long order, Runnable task) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      long ahead = atNanos - other.atNanos;
      return ahead != 0 ? Long.signum(ahead) : Long.compare(order, other.order);
    }
  }

  private final Selector selector = Selector.open();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
  private long timersMade;

  Loop(String name) throws IOException {
    Thread.ofPlatform().daemon().name(name).start(this::runOrEnd);
  }

  /// Runs the task in the loop's thread, soon. Any thread may call this.
  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /// Runs the task after some milliseconds. Only the loop's thread may call this.
  void after(long millis, Runnable task) {
    timers.add(new Timer(System.nanoTime() + millis * 1_000_000, timersMade++, task));
  }

  /// Opens a connection.
  ///
  /// @param from the own address; its port may be 0
  /// @param receiveBytes of the kernel's receive buffer; 0 for the kernel's choice
  /// @throws IOException if there is no descriptor or no port for it
  Line connect(SocketAddress from, int port, int receiveBytes, Handler handler) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BYTES);
      if (receiveBytes > 0) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBytes);
      }
      channel.bind(from);
      var line = new Line(this, channel, handler);
      boolean there =
          channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      line.key =
          channel.register(selector, there ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, line);
      if (there) {
        line.connected();
      }
      return line;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// Listens on a port of 127.0.0.1.
  ///
  /// @param handlers makes one for each connection
  ServerSocketChannel listen(int port, Supplier<Handler> handlers) throws IOException {
    var server = ServerSocketChannel.open();
    server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    server.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BYTES);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT, handlers);
    return server;
  }

  /// Ends the process if the loop cannot go on: one that is up and does nothing would look like a
  /// fault of the balancer.
  private void runOrEnd() {
    try {
      run();
    } catch (Throwable e) { // also when memory runs out
      e.printStackTrace();
      Runtime.getRuntime().halt(70);
    }
  }

  private void run() {
    while (true) {
      try {
        if (tasks.isEmpty()) {
          selector.select(this::handle, waitMillis());
        } else {
          selector.selectNow(this::handle);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
      long now = System.nanoTime();
      while (!timers.isEmpty() && timers.peek().atNanos - now <= 0) {
        timers.poll().task.run();
      }
    }
  }

  private long waitMillis() {
    return timers.isEmpty()
        ? 1_000
        : Math.clamp((timers.peek().atNanos - System.nanoTime() + 999_999) / 1_000_000, 1, 1_000);
  }

  private void handle(SelectionKey key) {
    try {
      if (key.attachment() instanceof Line line) {
        line.ready(key, in);
      } else if (key.isAcceptable()) {
        @SuppressWarnings("unchecked") // attached in listen()
        var handlers = (Supplier<Handler>) key.attachment();
        accept((ServerSocketChannel) key.channel(), handlers);
      }
    } catch (CancelledKeyException e) {
      // Something that ran before it in this round closed it.
    }
  }

  private void accept(ServerSocketChannel server, Supplier<Handler> handlers) {
    try {
      for (int i = 0; i < ACCEPTS_MAX; i++) {
        SocketChannel channel = server.accept();
        if (channel == null) {
          return;
        }
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BYTES);
        var line = new Line(this, channel, handlers.get());
        line.key = channel.register(selector, SelectionKey.OP_READ, line);
        line.connected();
      }
    } catch (IOException e) {
      // The client has gone again, or there are no descriptors: the next round tries once more.
    }
  }
}
