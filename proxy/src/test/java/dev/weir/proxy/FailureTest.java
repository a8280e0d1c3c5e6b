package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.balance.PolicySpec;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.config.ResponseTimeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client gets when replicas, or clients, do not behave.
class FailureTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi";

  /// Reads one request, then closes without a response.
  private static FakeReplica.Script silent(AtomicInteger asked) {
    return (replica, wire) -> {
      if (!replica.request(wire).isEmpty()) {
        asked.incrementAndGet();
      }
    };
  }

  @Test
  void idempotentRequestIsSentToAnotherReplicaAndOthersAreNot() throws IOException {
    var asked = new AtomicInteger();
    try (var bad = FakeReplica.scripted(silent(asked));
        var good = FakeReplica.named("good");
        var proxy = ProxyServer.start(Proxies.settings(PolicySpec.ROUND_ROBIN, bad, good));
        var client = Wire.to(proxy.address())) {
      assertThat(client.send(GET).response()).endsWith("good");
      assertThat(client.send(GET).response()).endsWith("good");
      assertThat(asked).hasValue(1);
    }
    asked.set(0);
    try (var bad = FakeReplica.scripted(silent(asked));
        var proxy = Proxies.before(bad);
        var client = Wire.to(proxy.address())) {
      assertThat(client.send(POST).response()).startsWith("HTTP/1.1 502 Bad Gateway\r\n");
      assertThat(asked).hasValue(1);
      assertThat(bad.bodies()).containsExactly("hi");
    }
  }

  @Test
  void anyRequestIsTriedElsewhereWhenTheConnectionIsRefused() throws IOException {
    try (var gone = FakeReplica.named("gone");
        var good = FakeReplica.named("good")) {
      gone.kill();
      try (var proxy = ProxyServer.start(Proxies.settings(PolicySpec.ROUND_ROBIN, gone, good));
          var client = Wire.to(proxy.address())) {
        for (int i = 0; i < 10; i++) {
          assertThat(client.send(POST).response()).endsWith("good");
        }
        assertThat(good.bodies()).hasSize(10).containsOnly("hi");
      }
    }
  }

  @Test
  void closedKeptConnectionIsNoFailure() throws IOException {
    FakeReplica.Script once =
        (replica, wire) -> {
          if (!replica.request(wire).isEmpty()) {
            wire.send(FakeReplica.ok("once"));
          }
        };
    try (var replica = FakeReplica.scripted(once);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      for (int i = 0; i < 100; i++) {
        assertThat(client.send(GET).response()).endsWith("once");
      }
      assertThat(proxy.status().replicas().getFirst().failed()).isZero();
    }
  }

  @Test
  void resetHalfwayCutsTheClientOff() throws IOException {
    FakeReplica.Script halfway =
        (replica, wire) -> {
          if (!replica.request(wire).isEmpty()) {
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nhalf");
            replica.request(wire);
          }
        };
    try (var replica = FakeReplica.scripted(halfway);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200");
      client.exactly(4);
      replica.kill();
      assertThatThrownBy(() -> client.exactly(100_000 - 4)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 2\n\nab",
        "HTTP/1.1 200 OK\r\n folded: x\r\n\r\n",
        "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        "garbage\r\n\r\n",
      })
  void ambiguousResponseIsABadGateway(String response) throws IOException {
    try (var replica = FakeReplica.responding(response);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      assertThat(client.send(POST).rest())
          .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
          .contains("Connection: close\r\n");
    }
  }

  @Test
  void brokenChunkHalfwayCutsTheClientOff() throws IOException {
    String broken = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\n";
    try (var replica = FakeReplica.responding(broken);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send(GET);
      assertThatThrownBy(() -> client.response()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void slowReplicaIsAGatewayTimeout() throws IOException {
    FakeReplica.Script slow =
        (replica, wire) -> {
          replica.request(wire);
          replica.request(wire); // until the proxy gives up
        };
    try (var replica = FakeReplica.scripted(slow)) {
      var settings = Proxies.settings(PolicySpec.WEIR, replica);
      var timeouts = settings.timeouts().with(responses(300, 60_000, 0));
      try (var proxy = ProxyServer.start(settings.with(timeouts));
          var client = Wire.to(proxy.address())) {
        assertThat(client.send(GET).rest()).startsWith("HTTP/1.1 504 Gateway Timeout\r\n");
        assertThat(proxy.status().replicas().getFirst().failed()).isEqualTo(1);
      }
    }
  }

  private static ResponseTimeouts responses(long head, long idle, long total) {
    return new ResponseTimeouts(
        Duration.ofMillis(head), Duration.ofMillis(idle), Duration.ofMillis(total));
  }

  /// A response that has begun may be silent for longer than its head may take.
  @Test
  void silentResponseIsCutByItsOwnTimeout() throws IOException {
    String begun = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegun";
    try (var replica = FakeReplica.responding(begun)) {
      var settings = Proxies.settings(PolicySpec.WEIR, replica);
      long startNanos = System.nanoTime();
      try (var proxy =
              ProxyServer.start(settings.with(settings.timeouts().with(responses(100, 900, 0))));
          var client = Wire.to(proxy.address())) {
        assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200 ");
        assertThatThrownBy(() -> client.exactly(9)).isInstanceOf(IOException.class);
      }
      assertThat(System.nanoTime() - startNanos).isGreaterThan(900_000_000L);
    }
  }

  @Test
  void requestThatTakesTooLongInAllIsGivenUp() throws IOException {
    try (var silent = FakeReplica.responding("")) {
      var settings = Proxies.settings(PolicySpec.WEIR, silent);
      try (var proxy =
              ProxyServer.start(
                  settings.with(settings.timeouts().with(responses(60_000, 60_000, 300))));
          var client = Wire.to(proxy.address())) {
        assertThat(client.send(GET).response())
            .startsWith("HTTP/1.1 504 ")
            .endsWith("the request took longer than its time-out\n");
      }
    }
  }

  @Test
  void fullQueueAndPassedDeadlineAreResponded503() throws Exception {
    var asked = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var replica = FakeReplica.scripted(holding(asked, release))) {
      var settings =
          Proxies.queue(
              Proxies.oneLoop(Proxies.settings(PolicySpec.WEIR, replica)),
              1,
              Duration.ofMillis(700),
              1);
      try (var proxy = ProxyServer.start(settings);
          var first = Wire.to(proxy.address());
          var waiting = Wire.to(proxy.address());
          var refused = Wire.to(proxy.address())) {
        first.send(GET);
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        waiting.send(GET);
        awaitQueued(proxy, 1);
        assertThat(refused.send(GET).response())
            .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
            .contains("Retry-After: 1\r\n")
            .endsWith("503 Service Unavailable: the queue is full\n");
        assertThat(waiting.response()).contains("Retry-After").contains("in time");
        release.countDown();
        assertThat(first.response()).endsWith("held");
      }
    }
  }

  @Test
  void clientThatLeavesFreesItsPlaceInTheQueue() throws Exception {
    var asked = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var replica = FakeReplica.scripted(holding(asked, release))) {
      var settings =
          Proxies.queue(
              Proxies.oneLoop(Proxies.settings(PolicySpec.WEIR, replica)),
              10,
              Duration.ofSeconds(30),
              1);
      try (var proxy = ProxyServer.start(settings);
          var first = Wire.to(proxy.address())) {
        first.send(GET);
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        try (var leaver = Wire.to(proxy.address())) {
          leaver.send(GET).lookInVain(150);
          awaitQueued(proxy, 1);
        }
        awaitQueued(proxy, 0);
        assertThat(proxy.status().cancelled()).isEqualTo(1);
        release.countDown();
        assertThat(first.response()).endsWith("held");
        assertThat(replica.heads()).hasSize(1);
      }
    }
  }

  private static FakeReplica.Script holding(CountDownLatch asked, CountDownLatch release) {
    return (replica, wire) -> {
      while (!replica.request(wire).isEmpty()) {
        asked.countDown();
        FakeReplica.await(release);
        wire.send(FakeReplica.ok("held"));
      }
    };
  }

  private static void awaitQueued(ProxyServer proxy, int count) throws IOException {
    Proxies.settled(proxy);
    assertThat(proxy.status().queued()).isEqualTo(count);
  }

  @Test
  void headMustBeCompleteInTime() throws IOException {
    try (var replica = FakeReplica.named("a")) {
      var settings = Proxies.settings(PolicySpec.WEIR, replica);
      var timeouts = settings.timeouts().withHead(Duration.ofMillis(300));
      try (var proxy = ProxyServer.start(settings.with(timeouts));
          var client = Wire.to(proxy.address())) {
        assertThat(client.send("GET / HTTP/1.1\r\nHos").rest())
            .startsWith("HTTP/1.1 408 Request Timeout\r\n");
      }
    }
  }

  @Test
  void tooManyConnectionsAreTurnedAway() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy =
            ProxyServer.start(
                Proxies.settings(PolicySpec.WEIR, replica)
                    .with(new ProxySettings.Options(1, 1, false, false, null)));
        var one = Wire.to(proxy.address())) {
      assertThat(one.send(GET).response()).endsWith("a");
      try (var two = Wire.to(proxy.address())) {
        assertThat(two.rest()).isEmpty();
      }
      assertThat(one.send(GET).response()).endsWith("a");
    }
  }
}
