package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.PolicySpec;
import dev.weir.base.HostNames;
import dev.weir.proxy.config.ListenAddress;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.config.ReplicaEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A slot is for work: requests that wait for their client, and responses that are open but idle,
/// leave it to others.
class SlotTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String OPEN = "GET /open HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String UPLOAD = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n";
  private static final int BIG_BYTES = 1 << 30;

  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
  private final List<Wire> wires = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void closeAll() throws IOException {
    over.countDown();
    clock.shutdownNow();
    for (Wire wire : wires) {
      wire.close();
    }
  }

  /// Sends a head with this type to requests for `/open` and then is silent; serves all others.
  private FakeReplica opens(String contentType) throws IOException {
    return FakeReplica.scripted((replica, wire) -> {
      for (String head = replica.request(wire); !head.isEmpty(); head = replica.request(wire)) {
        if (head.startsWith("GET /open ")) {
          wire.send(
              "HTTP/1.1 200 OK\r\n%s\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n:hi\r\n"
                  .formatted(contentType));
          holdOn();
        } else {
          wire.send(FakeReplica.ok("short"));
        }
      }
    });
  }

  private void holdOn() throws IOException {
    try {
      assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static ProxySettings slots(int count, FakeReplica... replicas) {
    List<ReplicaEndpoint> specs = new ArrayList<>();
    for (FakeReplica replica : replicas) {
      specs.add(new ReplicaEndpoint("b" + specs.size(), "127.0.0.1", replica.port(), count));
    }
    var all = Proxies.settings(PolicySpec.WEIR, replicas);
    return Proxies.queue(
        new ProxySettings(
            all.listen(),
            new ListenAddress("127.0.0.1", 0),
            HostNames.PRIVATE,
            specs,
            all.balancer(),
            all.timeouts().withGrace(Duration.ofMillis(100)),
            all.options()),
        100,
        Duration.ofSeconds(5),
        count);
  }

  private Wire client(ProxyServer proxy) throws IOException {
    Wire wire = Wire.to(proxy.address());
    wires.add(wire);
    return wire;
  }

  /// Short requests, one after the other; each gets its response.
  private void assertServes(ProxyServer proxy, int requests) throws IOException {
    Wire wire = client(proxy);
    for (int i = 0; i < requests; i++) {
      assertThat(wire.send(GET).response()).startsWith("HTTP/1.1 200 ");
    }
  }

  private static String metrics(ProxyServer proxy) throws IOException {
    try (var wire = Wire.to(proxy.adminAddress())) {
      return wire.send("GET /metrics HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").rest();
    }
  }

  private static void awaitReleased(ProxyServer proxy, int leases) throws IOException {
    String line = "weir_leases_released_total{reason=\"client\"} %d.0".formatted(leases);
    long endNanos = System.nanoTime() + 20_000_000_000L;
    while (!metrics(proxy).contains(line)) {
      assertThat(System.nanoTime()).as(line).isLessThan(endNanos);
    }
    assertThat(proxy.status().inFlight()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/event-stream",
        "content-type:  Text/Event-Stream ; charset=utf-8",
        "CONTENT-TYPE: text/event-stream;x=y",
      })
  void anEventStreamHoldsNoSlot(String contentType) throws Exception {
    try (var replica = opens(contentType);
        var proxy = ProxyServer.start(slots(1, replica))) {
      Wire stream = client(proxy).send(OPEN);
      assertThat(stream.head()).startsWith("HTTP/1.1 200 ");
      assertThat(proxy.status().inFlight()).isZero();
      assertServes(proxy, 20);
      assertThat(proxy.status().replicas().getFirst().succeeded()).isEqualTo(21);
      assertThat(metrics(proxy))
          .contains("weir_leases_released_total{reason=\"stream\"} 1.0")
          .contains("weir_responses_total{code=\"2xx\",replica=\"b0\"} 21.0")
          .contains("weir_latency_seconds_count 21");
    }
  }

  @Test
  void anEventStreamGoesOnAndItsConnectionIsUsedAgain() throws Exception {
    var more = new CountDownLatch(1);
    FakeReplica.Script script =
        (replica, wire) -> {
          for (String head = replica.request(wire); !head.isEmpty(); head = replica.request(wire)) {
            wire.send(
                """
                HTTP/1.1 200 OK\r
                Content-Type: text/event-stream\r
                Transfer-Encoding: chunked\r
                \r
                1\r
                a\r
                """);
            FakeReplica.await(more);
            wire.send("1\r\nb\r\n0\r\n\r\n");
          }
        };
    try (var replica = FakeReplica.scripted(script);
        var proxy = ProxyServer.start(slots(1, replica))) {
      Wire stream = client(proxy).send(GET);
      String head = stream.head();
      more.countDown();
      assertThat(stream.body(head)).asString().isEqualTo("ab");
      assertThat(stream.send(GET).response()).endsWith("ab");
      assertThat(replica.connections()).isLessThanOrEqualTo(2); // one is the health checker's
      assertThat(metrics(proxy)).contains("weir_responses_total{code=\"2xx\",replica=\"b0\"} 2.0");
    }
  }

  @Test
  void aResponseThatIsOpenButIdleHoldsNoSlot() throws Exception {
    try (var replica = opens("Content-Type: application/json");
        var proxy = ProxyServer.start(slots(1, replica))) {
      assertThat(client(proxy).send(OPEN).head()).contains("200");
      assertServes(proxy, 20);
      var status = proxy.status().replicas().getFirst();
      assertThat(status.succeeded()).isEqualTo(20);
      assertThat(status.failed()).isZero();
      assertThat(metrics(proxy)).contains("weir_leases_released_total{reason=\"idle\"} 1.0");
    }
  }

  /// Does this again and again, until the test is over or it fails.
  private void every(long millis, Step step) {
    var _ =
        clock.scheduleAtFixedRate(
            () -> {
              try {
                step.run();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            },
            0,
            millis,
            TimeUnit.MILLISECONDS);
  }

  /// What may fail as connections do.
  private interface Step {
    void run() throws IOException;
  }

  /// Sends a byte of each body each 150 ms.
  private void trickle(List<Wire> uploads) {
    every(
        150,
        () -> {
          for (Wire upload : uploads) {
            upload.send("x");
          }
        });
  }

  @Test
  void oneUploadThatTricklesHoldsNoSlot() throws Exception {
    try (var replica = FakeReplica.named("b");
        var proxy = ProxyServer.start(slots(1, replica))) {
      trickle(List.of(client(proxy).send(UPLOAD)));
      assertServes(proxy, 20);
      awaitReleased(proxy, 1);
    }
  }

  @Test
  void sixUploadsThatTrickleHoldNoneOfSixSlots() throws Exception {
    try (var a = FakeReplica.named("a");
        var b = FakeReplica.named("b");
        var c = FakeReplica.named("c");
        var proxy = ProxyServer.start(slots(2, a, b, c))) {
      List<Wire> uploads = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        uploads.add(client(proxy).send(UPLOAD));
      }
      trickle(uploads);
      assertServes(proxy, 50);
      awaitReleased(proxy, 6);
    }
  }

  @Test
  void aClientThatWaitsForItsGoAheadHoldsNoSlot() throws Exception {
    try (var replica = FakeReplica.named("b");
        var proxy = ProxyServer.start(slots(1, replica))) {
      client(proxy)
          .send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
      assertServes(proxy, 20);
    }
  }

  private static FakeReplica large() throws IOException {
    return FakeReplica.scripted((replica, wire) -> {
      for (String head = replica.request(wire); !head.isEmpty(); head = replica.request(wire)) {
        if (head.startsWith("GET /open ")) {
          wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + BIG_BYTES + "\r\n\r\n");
          pour(wire);
        } else {
          wire.send(FakeReplica.ok("short"));
        }
      }
    });
  }

  private static Void pour(Wire wire) throws IOException {
    var bytes = new byte[1 << 16];
    for (int sent = 0; sent < BIG_BYTES; sent += bytes.length) {
      wire.send(bytes);
    }
    return null;
  }

  /*
   * As fast as this, a socket's large buffer has room again within the 200 ms that a slot may go
   * unused; the replica would be faster still.
   */
  @Test
  void sixSlowReadersHoldNoneOfSixSlots() throws Exception {
    try (var a = large();
        var b = large();
        var c = large();
        var proxy = ProxyServer.start(slots(2, a, b, c))) {
      List<Wire> readers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        readers.add(client(proxy).send(OPEN));
      }
      every(
          50,
          () -> {
            for (Wire reader : readers) {
              reader.in().skipNBytes(512 << 10);
            }
          });
      assertServes(proxy, 50);
      awaitReleased(proxy, 6);
    }
  }

  @Test
  void anUploadThatItsReplicaLimitsKeepsItsSlot() throws Exception {
    var parts = new CountDownLatch(40);
    FakeReplica.Script script =
        (replica, wire) -> {
          if (wire.head().isEmpty()) {
            return;
          }
          every(
              50,
              () -> {
                wire.in().skipNBytes(64 << 10);
                parts.countDown();
              });
          holdOn();
        };
    try (var replica = FakeReplica.scripted(script);
        var proxy = ProxyServer.start(slots(1, replica));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Wire upload =
          client(proxy)
              .send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + BIG_BYTES + "\r\n\r\n");
      var _ = threads.submit(() -> pour(upload));
      FakeReplica.await(parts);
      assertThat(proxy.status().inFlight()).isEqualTo(1);
      upload.reset();
    }
  }

  @Test
  void aDownloadThatItsReplicaLimitsKeepsItsSlot() throws Exception {
    var chunks = new CountDownLatch(40);
    FakeReplica.Script script =
        (replica, wire) -> {
          if (replica.request(wire).isEmpty()) {
            return;
          }
          wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          every(
              50,
              () -> {
                wire.send("1\r\nx\r\n");
                chunks.countDown();
              });
          holdOn();
        };
    try (var replica = FakeReplica.scripted(script);
        var proxy = ProxyServer.start(slots(1, replica))) {
      client(proxy).send(GET);
      FakeReplica.await(chunks);
      assertThat(proxy.status().inFlight()).isEqualTo(1);
    }
  }

  private void after(long millis, Wire wire, String text) throws IOException {
    try {
      var _ = clock.schedule(() -> wire.send(text), millis, TimeUnit.MILLISECONDS).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aSilenceThatIsShortForItsServiceKeepsItsSlot() throws Exception {
    FakeReplica.Script script =
        (replica, wire) -> {
          for (String head = replica.request(wire); !head.isEmpty(); head = replica.request(wire)) {
            if (head.startsWith("GET /open ")) {
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n");
              after(1500, wire, "x"); // S is 600 ms by now
            } else {
              after(600, wire, FakeReplica.ok("short"));
            }
          }
        };
    try (var replica = FakeReplica.scripted(script);
        var proxy = ProxyServer.start(slots(1, replica))) {
      assertServes(proxy, 3);
      assertThat(client(proxy).send(OPEN).response()).endsWith("x");
      assertThat(proxy.status().replicas().getFirst().succeeded()).isEqualTo(4);
    }
  }

  @Test
  void aReplicaThatComputesAfterItsHeadKeepsItsSlot() throws Exception {
    FakeReplica.Script script =
        (replica, wire) -> {
          while (!replica.request(wire).isEmpty()) {
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n");
            after(150, wire, "x");
          }
        };
    try (var replica = FakeReplica.scripted(script);
        var proxy = ProxyServer.start(slots(1, replica))) {
      assertServes(proxy, 5);
      assertThat(proxy.status().replicas().getFirst().succeeded()).isEqualTo(5);
      assertThat(metrics(proxy)).contains("weir_leases_released_total{reason=\"idle\"} 0.0");
    }
  }
}
