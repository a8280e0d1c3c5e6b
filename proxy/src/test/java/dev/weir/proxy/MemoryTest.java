package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.balance.PolicySpec;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.socket.Transport;
import dev.weir.testing.RealTime;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What clients can make the proxy hold is bounded, and comes back.
@Timeout(120)
final class MemoryTest {
  private static final long BUDGET_BYTES = 1 << 20;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String BIG =
      "GET / HTTP/1.1\r\nHost: a\r\n" + ("X: " + "x".repeat(10_000) + "\r\n").repeat(3) + "\r\n";

  private static ProxySettings settings(FakeReplica replica) {
    var settings = Proxies.settings(PolicySpec.WEIR, replica);
    return settings
        .with(new ProxySettings.Options(1, 1000, false, false, null).withMemory(BUDGET_BYTES))
        .withAdmin(Proxies.ANYWHERE);
  }

  @Test
  void bigHeadsThatWaitAreRefusedBeforeMemoryIsShortAndSmallOnesGetIn() throws Exception {
    try (var replica =
            FakeReplica.scripted((its, wire) -> {
              String head = its.request(wire);
              if (head.length() > 1000) {
                its.request(wire); // a big one gets no response
              } else {
                wire.send(FakeReplica.ok("small"));
              }
            });
        var proxy = ProxyServer.start(settings(replica))) {
      long idleBytes = used(proxy);
      var clients = new ArrayList<Wire>();
      for (int i = 0; i < 40; i++) {
        clients.add(Wire.to(proxy.address()).send(BIG));
      }
      assertThat(clients.getLast().response())
          .startsWith("HTTP/1.1 503 ")
          .endsWith("memory for requests is short\n");
      awaitUsed(proxy, BUDGET_BYTES);
      assertThat(used(proxy)).isGreaterThan(BUDGET_BYTES / 2);
      try (var small = Wire.to(proxy.address())) {
        assertThat(small.send(GET).response()).endsWith("small");
      }
      for (Wire client : clients) {
        client.reset();
      }
      awaitUsed(proxy, idleBytes);
    }
  }

  /// Each upload may have 64 KiB on the way; together these would hold twelve times the budget.
  @Test
  void uploadsThatNoReplicaTakesLeaveMemoryForOthers() throws Exception {
    var over = new CountDownLatch(1);
    try (var replica =
            FakeReplica.scriptedWithSmallBuffer((its, wire) -> {
              if (wire.head().startsWith("POST")) {
                await(over); // it reads no body
              } else {
                wire.send(FakeReplica.ok("small"));
              }
            });
        var proxy = ProxyServer.start(settings(replica))) {
      long idleBytes = used(proxy);
      List<SocketChannel> uploads = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        uploads.add(upload(proxy));
      }
      long shortBytes = BUDGET_BYTES / 2;
      mostUsed(proxy, uploads, used -> used < shortBytes);
      long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
      assertThat(mostUsed(proxy, uploads, _ -> System.nanoTime() < untilNanos))
          .isLessThan(2 * BUDGET_BYTES);
      awaitServed(proxy);
      for (SocketChannel upload : uploads) {
        upload.close();
      }
      over.countDown();
      awaitUsed(proxy, idleBytes);
    }
  }

  /// Without a bound the kernel takes megabytes for each client that reads nothing.
  @Test
  void aClientThatReadsNothingHasLittleSentAhead() throws Exception {
    assumeThat(Transport.best()).isEqualTo(Transport.EPOLL);
    String block = "x".repeat(1 << 16);
    try (var replica =
            FakeReplica.scripted((its, wire) -> {
              its.request(wire);
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
              for (int i = 0; i < 1500; i++) {
                wire.send(block); // until the proxy reads no more
              }
            });
        var proxy = ProxyServer.start(settings(replica));
        var client = new Socket()) {
      client.setReceiveBufferSize(1 << 14);
      client.connect(proxy.address());
      client.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
      long sent = 0;
      for (long before = -1; sent > before || sent == 0; ) {
        before = sent;
        RealTime.pass(Duration.ofMillis(300));
        sent = metric(proxy, "weir_sent_bytes_total");
      }
      assertThat(sent).isBetween(1L << 16, 1L << 19);
    }
  }

  private static void await(CountDownLatch over) throws IOException {
    try {
      boolean _ = over.await(LONGEST_NANOS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /// The most memory used while all uploads go on and the condition holds.
  private static long mostUsed(ProxyServer proxy, List<SocketChannel> uploads, LongPredicate goesOn)
      throws IOException {
    long deadlineNanos = System.nanoTime() + LONGEST_NANOS;
    long mostBytes = 0;
    for (long used = used(proxy); goesOn.test(used); used = used(proxy)) {
      mostBytes = Math.max(mostBytes, used);
      uploads.forEach(MemoryTest::write);
      assertThat(System.nanoTime()).as("%,d bytes", used).isLessThan(deadlineNanos);
    }
    return Math.max(mostBytes, used(proxy));
  }

  private static SocketChannel upload(ProxyServer proxy) throws IOException {
    SocketChannel upload = SocketChannel.open(proxy.address());
    upload.configureBlocking(false);
    String head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n";
    upload.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
    return upload;
  }

  /// Sends as much as it takes now; nothing if it was cut off.
  private static void write(SocketChannel upload) {
    try {
      upload.write(ByteBuffer.allocate(1 << 16));
    } catch (IOException e) {
      // The proxy made room.
    }
  }

  @Test
  void clientsThatDoNothingMakeRoomForThoseThatDo() throws Exception {
    try (var replica = FakeReplica.named("a");
        var proxy = ProxyServer.start(settings(replica))) {
      List<Wire> idlers = new ArrayList<>();
      for (int i = 0; i < 200; i++) { // more than the budget has room for
        idlers.add(Wire.to(proxy.address()).send("GET / HTTP/1.1\r\nX: " + "x".repeat(3000)));
      }
      awaitServed(proxy);
      awaitUsed(proxy, BUDGET_BYTES / 10 * 8);
      for (Wire idler : idlers) {
        idler.close();
      }
    }
  }

  /// The bound on connections is reached by those on which nothing happens.
  @Test
  void newcomersTakeThePlaceOfIdleConnections() throws Exception {
    try (var replica = FakeReplica.named("a")) {
      var settings = settings(replica).with(new ProxySettings.Options(1, 20, false, false, null));
      try (var proxy = ProxyServer.start(settings)) {
        List<Wire> idle = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          idle.add(Wire.to(proxy.address()));
        }
        awaitServed(proxy);
        for (Wire one : idle) {
          one.close();
        }
      }
    }
  }

  private static void awaitServed(ProxyServer proxy) {
    long deadlineNanos = System.nanoTime() + LONGEST_NANOS;
    while (!isServed(proxy)) {
      assertThat(System.nanoTime()).isLessThan(deadlineNanos);
    }
  }

  private static boolean isServed(ProxyServer proxy) {
    try (var client = Wire.to(proxy.address())) {
      return client.send(GET).response().startsWith("HTTP/1.1 200 ");
    } catch (IOException e) {
      return false; // turned away
    }
  }

  private static void awaitUsed(ProxyServer proxy, long mostBytes) throws IOException {
    long deadlineNanos = System.nanoTime() + LONGEST_NANOS;
    while (used(proxy) > mostBytes) {
      assertThat(System.nanoTime()).isLessThan(deadlineNanos);
    }
  }

  private static long used(ProxyServer proxy) throws IOException {
    return metric(proxy, "weir_memory_used_bytes");
  }

  private static long metric(ProxyServer proxy, String name) throws IOException {
    try (var wire = Wire.to(proxy.adminAddress())) {
      return wire.send("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
          .response()
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(32))))
          .sum();
    }
  }
}
