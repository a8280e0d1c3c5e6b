package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.PolicySpec;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Much at once: large bodies, slow readers, many clients, and replicas that come and go.
class LoadedTest {
  private static final byte[] BYTES_OK = FakeReplica.ok("x").getBytes(StandardCharsets.US_ASCII);
  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final int BIG_BYTES = 200 << 20;
  private static final int BODY_BYTES = 64 << 10;

  /// How long a side is watched that should be standing still.
  private static final long STALL_MILLIS = 1000;

  private final CountDownLatch pending = new CountDownLatch(1);
  private final CountDownLatch poured = new CountDownLatch(1);

  @Test
  void largeResponseToAReaderThatStallsNeedsLittleMemory() throws Exception {
    FakeReplica.Script big =
        (replica, wire) -> {
          if (!replica.request(wire).isEmpty()) {
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + BIG_BYTES + "\r\n\r\n");
            pour(wire.out());
          }
        };
    try (var replica = FakeReplica.scripted(big);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send(GET).head();
      assertStalls();
      client.in().skipNBytes(BIG_BYTES);
      assertThat(directBytes()).isLessThan(64 << 20);
    }
  }

  @Test
  void largeUploadToAReplicaThatStallsNeedsLittleMemory() throws Exception {
    var begin = new CountDownLatch(1);
    FakeReplica.Script sink =
        (replica, wire) -> {
          if (wire.head().isEmpty()) {
            return;
          }
          FakeReplica.await(begin);
          wire.in().skipNBytes(BIG_BYTES);
          wire.send(FakeReplica.ok("thanks"));
        };
    try (var replica = FakeReplica.scripted(sink);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + BIG_BYTES + "\r\n\r\n");
      Future<?> upload = threads.submit(() -> pour(client.out()));
      assertStalls();
      begin.countDown();
      assertThat(upload.get(60, TimeUnit.SECONDS)).isNull();
      assertThat(client.response()).endsWith("thanks");
      assertThat(directBytes()).isLessThan(64 << 20);
    }
  }

  /// What is poured comes to a halt well before its end, and not in the proxy's memory.
  private void assertStalls() throws IOException, InterruptedException {
    FakeReplica.await(pending);
    assertThat(poured.await(STALL_MILLIS, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(directBytes()).isLessThan(64 << 20);
  }

  private Void pour(OutputStream out) throws IOException {
    var bytes = new byte[1 << 16];
    for (int sent = 0; sent < BIG_BYTES; sent += bytes.length) {
      out.write(bytes);
      if (sent > 1 << 20) {
        pending.countDown();
      }
    }
    poured.countDown();
    return null;
  }

  @Test
  void pipelinedResponsesNobodyReadsNeedLittleMemory() throws Exception {
    int count = 1000;
    byte[] big = FakeReplica.ok("x".repeat(BODY_BYTES)).getBytes(StandardCharsets.US_ASCII);
    var served = new AtomicInteger();
    FakeReplica.Script script =
        (replica, wire) -> {
          for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
            if (head.startsWith("GET /big ")) {
              served.incrementAndGet();
              wire.send(big);
            } else {
              wire.send(FakeReplica.ok("x"));
            }
          }
        };
    try (var replica = FakeReplica.scripted(script);
        var proxy = ProxyServer.start(Proxies.oneLoop(Proxies.settings(PolicySpec.WEIR, replica)));
        var client = Wire.to(proxy.address());
        var other = Wire.to(proxy.address());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Wire> sending =
          threads.submit(() -> client.send(GET.replace("/ ", "/big ").repeat(count)));
      for (int i = 0; i < count; i++) { // others are served, so the loop had its time
        assertThat(other.send(GET).response()).endsWith("x");
      }
      assertThat(directBytes()).isLessThan(64 << 20);
      assertThat(served.get()).isLessThan(700);
      for (int i = 0; i < count; i++) {
        client.head();
        client.in().skipNBytes(BODY_BYTES);
      }
      assertThat(sending.get()).isSameAs(client);
    }
  }

  @Test
  void aClientThatDoesNotReadItsResponseHoldsNoSlot() throws Exception {
    byte[] big = FakeReplica.ok("x".repeat(BIG_BYTES)).getBytes(StandardCharsets.US_ASCII);
    FakeReplica.Script script =
        (replica, wire) -> {
          for (String head = wire.head(); !head.isEmpty(); head = wire.head()) {
            wire.send(head.startsWith("GET /big ") ? big : BYTES_OK);
          }
        };
    try (var replica = FakeReplica.scripted(script);
        var proxy =
            ProxyServer.start(
                Proxies.queue(
                    Proxies.settings(PolicySpec.WEIR, replica), 9, Duration.ofSeconds(10), 1));
        var client = Wire.to(proxy.address());
        var other = Wire.to(proxy.address())) {
      client.send(GET.replace("/ ", "/big "));
      assertThat(client.head()).startsWith("HTTP/1.1 200 "); // and no more is read for now
      assertThat(other.send(GET).response()).endsWith("x");
      client.in().skipNBytes(BIG_BYTES);
      assertThat(client.send(GET).response()).endsWith("x");
    }
  }

  @Test
  void aClientThatDoesNotSendItsBodyHoldsNoSlot() throws Exception {
    try (var replica = FakeReplica.named("b");
        var proxy =
            ProxyServer.start(
                Proxies.queue(
                    Proxies.settings(PolicySpec.WEIR, replica), 9, Duration.ofSeconds(10), 1));
        var client = Wire.to(proxy.address());
        var other = Wire.to(proxy.address())) {
      client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n1");
      assertThat(other.send(GET).response()).endsWith("b");
      assertThat(client.send("2").response()).endsWith("b");
    }
  }

  @Test
  void aBodyThatComesAfterItsResponseCostsNoConnection() throws Exception {
    FakeReplica.Script early =
        (replica, wire) -> {
          if (!wire.head().isEmpty()) {
            wire.send(BYTES_OK);
            wire.head(); // what it is not interested in
          }
        };
    try (var replica = FakeReplica.scripted(early);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      for (int i = 0; i < 20; i++) {
        client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n");
        assertThat(client.response()).endsWith("x");
        client.send("body");
      }
      assertThat(client.send(GET).response()).endsWith("x");
    }
  }

  private static long directBytes() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }

  @Test
  void noRequestIsLostWhileAReplicaIsKilledAndRestarted() throws Exception {
    try (var a = FakeReplica.named("a");
        var b = FakeReplica.named("b");
        var c = FakeReplica.named("c");
        var proxy = ProxyServer.start(Proxies.settings(PolicySpec.WEIR, a, b, c));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var stop = new AtomicBoolean();
      var responses = new Semaphore(0);
      List<Future<Integer>> clients = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        clients.add(threads.submit(() -> ask(proxy, stop, responses)));
      }
      responded(responses, 2000);
      a.kill();
      responded(responses, 2000);
      try (var again = FakeReplica.named("a", a.port())) {
        responded(responses, 1000);
        again.awaitRequest();
        stop.set(true);
        int total = 0;
        for (Future<Integer> client : clients) {
          total += client.get();
        }
        assertThat(total).isGreaterThan(5000);
      }
    }
  }

  /// Asks until stopped; fails at the first wrong response.
  private static int ask(ProxyServer proxy, AtomicBoolean stop, Semaphore responses)
      throws IOException {
    int count = 0;
    try (var client = Wire.to(proxy.address())) {
      while (!stop.get()) {
        assertThat(client.send(GET).response()).startsWith("HTTP/1.1 200 OK\r\n");
        count++;
        responses.release();
      }
    }
    return count;
  }

  private static void responded(Semaphore responses, int more) throws InterruptedException {
    assertThat(responses.tryAcquire(more, 60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void stopLetsRequestsInFlightEnd() throws ExecutionException, InterruptedException, IOException {
    var asked = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    FakeReplica.Script held =
        (replica, wire) -> {
          if (!replica.request(wire).isEmpty()) {
            asked.countDown();
            FakeReplica.await(release);
            wire.send(FakeReplica.ok("last"));
          }
        };
    try (var replica = FakeReplica.scripted(held);
        var proxy = Proxies.before(replica);
        var idle = Wire.to(proxy.address());
        var client = Wire.to(proxy.address());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      client.send(GET);
      FakeReplica.await(asked);
      Future<Boolean> stopped = threads.submit(proxy::stop);
      assertThat(idle.rest()).isEmpty();
      release.countDown();
      assertThat(client.rest()).contains("Connection: close\r\n").endsWith("last");
      assertThat(stopped.get()).isTrue();
    }
  }
}
