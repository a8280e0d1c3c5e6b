package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.proxy.config.ReplicaEndpoint;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A replica with connections that follow a script; it remembers the heads it got.
public final class FakeReplica implements AutoCloseable {
  private final Script script;
  private final String name;
  private final ServerSocket server;
  private final Set<Wire> open = ConcurrentHashMap.newKeySet();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch asked = new CountDownLatch(1);

  private FakeReplica(String name, int port, Script script) throws IOException {
    this(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), script);
  }

  private FakeReplica(String name, InetSocketAddress at, Script script) throws IOException {
    this(name, script, bound(at));
  }

  private FakeReplica(String name, Script script, ServerSocket server) {
    this.name = name;
    this.script = script;
    this.server = server;
    Thread.ofVirtual().start(this::accept);
  }

  /// A port that another one had is free a moment after that was closed.
  private static ServerSocket bound(InetSocketAddress at) throws IOException {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (true) {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      try {
        socket.bind(at, 1024);
        return socket;
      } catch (BindException e) {
        socket.close();
        if (System.nanoTime() > deadlineNanos) {
          throw e;
        }
      }
    }
  }

  /// A replica that responds to every request with 200 and its name.
  public static FakeReplica named(String name) throws IOException {
    return new FakeReplica(name, 0, FakeReplica::serveAll);
  }

  /// The same, on a port that another one had.
  static FakeReplica named(String name, int port) throws IOException {
    return new FakeReplica(name, port, FakeReplica::serveAll);
  }

  /// The same at another address of this machine.
  static FakeReplica named(String name, InetSocketAddress at) throws IOException {
    return new FakeReplica(name, at, FakeReplica::serveAll);
  }

  /// A replica with connections that do what `script` says.
  static FakeReplica scripted(Script script) throws IOException {
    return new FakeReplica("scripted", 0, script);
  }

  /// The same, with so small a receive buffer that the kernel takes hardly more than is read.
  static FakeReplica scriptedWithSmallBuffer(Script script) throws IOException {
    var server = new ServerSocket();
    server.setReceiveBufferSize(4096);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    return new FakeReplica("scripted", script, server);
  }

  /// A replica that responds to every request with these bytes.
  static FakeReplica responding(String response) throws IOException {
    return scripted((replica, wire) -> {
      while (!replica.request(wire).isEmpty()) {
        wire.send(response);
      }
    });
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private void serve(Socket socket) {
    try (var wire = new Wire(socket)) {
      open.add(wire);
      script.serve(this, wire);
      open.remove(wire);
    } catch (IOException e) {
      // the proxy left, or the test is over; what came is in the record
    }
  }

  private static void serveAll(FakeReplica replica, Wire wire) throws IOException {
    while (!replica.request(wire).isEmpty()) {
      wire.send(ok(replica.name));
    }
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
  }

  /// Reads and remembers one request; returns its head, empty at the end of the connection.
  String request(Wire wire) throws IOException {
    String head = wire.head();
    if (!head.isEmpty()) {
      heads.add(head);
      bodies.add(new String(wire.body(head), StandardCharsets.ISO_8859_1));
      asked.countDown();
    }
    return head;
  }

  /// Waits for the first request, its body included.
  void awaitRequest() throws InterruptedException {
    assertThat(asked.await(20, TimeUnit.SECONDS)).as("a request came").isTrue();
  }

  /// Waits in a script until the test lets it go on.
  static void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  List<String> heads() {
    return heads;
  }

  List<String> bodies() {
    return bodies;
  }

  int connections() {
    return connections.get();
  }

  int port() {
    return server.getLocalPort();
  }

  ReplicaEndpoint spec(String id) {
    return new ReplicaEndpoint(id, "127.0.0.1", port(), 1);
  }

  /// Dies as a killed process does: nothing accepts, and every connection is reset.
  void kill() throws IOException {
    server.close();
    for (Wire wire : open) {
      wire.reset();
    }
  }

  @Override
  public void close() throws IOException {
    kill();
  }

  /// What a replica does with a connection.
  interface Script {
    void serve(FakeReplica replica, Wire wire) throws IOException;
  }
}
