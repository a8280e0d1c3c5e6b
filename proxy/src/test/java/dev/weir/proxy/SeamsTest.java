package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.PolicySpec;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.config.ProxyTimeouts;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Where two things meet: a body and a queue, an early response and an upload, a tunnel and what
/// was sent before it, a stop and what is still waiting.
class SeamsTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String UPGRADE =
      "GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: raw\r\n\r\n";

  private final CountDownLatch release = new CountDownLatch(1);

  private FakeReplica holding() throws IOException {
    return FakeReplica.scripted((replica, wire) -> {
      while (!replica.request(wire).isEmpty()) {
        try {
          assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
          return;
        }
        wire.send(FakeReplica.ok("held"));
      }
    });
  }

  private static ProxySettings oneAtATime(FakeReplica replica) {
    return Proxies.queue(
        Proxies.oneLoop(Proxies.settings(PolicySpec.WEIR, replica)), 10, Duration.ofSeconds(30), 1);
  }

  @Test
  void bodyThatCameWhileItsRequestWaitedIsSent() throws Exception {
    try (var replica = holding();
        var proxy = ProxyServer.start(oneAtATime(replica));
        var first = Wire.to(proxy.address());
        var second = Wire.to(proxy.address())) {
      first.send(GET);
      replica.awaitRequest();
      String body = "b".repeat(20_000); // more than is read ahead
      second.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 20000\r\n\r\n" + body);
      Proxies.settled(proxy);
      assertThat(proxy.status().queued()).isEqualTo(1);
      release.countDown();
      assertThat(first.response()).endsWith("held");
      assertThat(second.response()).endsWith("held");
      assertThat(replica.bodies()).containsExactly("", body);
    }
  }

  @Test
  void earlyResponseToAnUploadIsNotLostAlthoughTheReplicaCloses() throws Exception {
    FakeReplica.Script refuses =
        (replica, wire) -> {
          if (!wire.head().isEmpty()) {
            wire.exactly(1);
            wire.send("HTTP/1.1 413 Too Much\r\nContent-Length: 2\r\n\r\nno");
          }
        };
    try (var replica = FakeReplica.scripted(refuses);
        var proxy = ProxyServer.start(Proxies.oneLoop(Proxies.settings(PolicySpec.WEIR, replica)));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int passedOn = 0;
      for (int i = 0; i < 60; i++) {
        try (var client = Wire.to(proxy.address())) {
          Future<?> upload = threads.submit(() -> upload(client));
          passedOn += client.response().startsWith("HTTP/1.1 413 Too Much\r\n") ? 1 : 0;
          assertThat(upload.get()).isNull();
        }
      }
      assertThat(passedOn).isEqualTo(60);
    }
  }

  private static Void upload(Wire client) throws IOException {
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2097152\r\n\r\n");
    for (int i = 0; i < 512; i++) {
      client.send(new byte[4096]);
    }
    return null;
  }

  @Test
  void bytesSentBehindAnUpgradeReachTheTunnel() throws IOException {
    FakeReplica.Script echo =
        (replica, wire) -> {
          if (!wire.head().isEmpty()) {
            wire.send("HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: raw\r\n\r\n");
            wire.send(wire.exactly(5));
          }
        };
    try (var replica = FakeReplica.scripted(echo);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      assertThat(client.send(UPGRADE + "early").head()).startsWith("HTTP/1.1 101 ");
      assertThat(client.exactly(5)).asString().isEqualTo("early");
    }
  }

  @Test
  void stopEndsEveryLeaseAndEmptiesTheQueueWhenItsGraceIsOver() throws Exception {
    try (var replica = holding();
        var proxy =
            ProxyServer.start(
                oneAtATime(replica)
                    .with(ProxyTimeouts.DEFAULTS.withGrace(Duration.ofMillis(100))));
        var first = Wire.to(proxy.address());
        var second = Wire.to(proxy.address())) {
      first.send(GET);
      replica.awaitRequest();
      second.send(GET);
      Proxies.settled(proxy);
      assertThat(proxy.stop()).isFalse();
      assertThat(proxy.status().inFlight()).isZero();
      assertThat(proxy.status().queued()).isZero();
      assertThat(replica.heads()).hasSize(1);
    }
  }

  @Test
  void noTunnelForHttp2AndNoAliasForForwardingFields() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send(
          """
          GET / HTTP/1.1\r
          Host: h\r
          Connection: Upgrade, HTTP2-Settings\r
          Upgrade: websocket, H2C\r
          HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r
          X_Forwarded_For: 9.9.9.9\r
          X-Forwarded_Proto: https\r
          X_Kept: 1\r
          \r
          """);
      assertThat(client.response()).endsWith("a");
      assertThat(replica.heads().getFirst())
          .contains("X_Kept: 1\r\n")
          .doesNotContainIgnoringCase("upgrade")
          .doesNotContain("9.9.9.9", "https");
    }
  }

  @Test
  void connectionIsNotUsedAgainAfterAResponseThatClaimsABodyItCannotHave() throws IOException {
    try (var replica = FakeReplica.responding("HTTP/1.1 204 None\r\nContent-Length: 5\r\n\r\n");
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.send(GET).head()).startsWith("HTTP/1.1 204 ");
      }
      assertThat(replica.connections()).isGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void idleConnectionIsClosed() throws IOException {
    var d = ProxyTimeouts.DEFAULTS;
    var timeouts =
        new ProxyTimeouts(
            d.connect(),
            d.responses(),
            d.head(),
            d.body(),
            Duration.ofMillis(300),
            d.poolIdle(),
            d.poolAge(),
            d.tunnel(),
            d.grace());
    try (var replica = FakeReplica.named("a");
        var proxy = ProxyServer.start(Proxies.settings(PolicySpec.WEIR, replica).with(timeouts));
        var client = Wire.to(proxy.address())) {
      assertThat(client.send(GET).rest()).endsWith("\r\n\r\na");
    }
  }
}
