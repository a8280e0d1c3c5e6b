package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.LimitSpec;
import dev.weir.balance.PolicySpec;
import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.proxy.config.ServiceSpec;
import dev.weir.proxy.route.RouteRule;
import dev.weir.scale.ServiceLoad;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What a proxy reports to the autoscaler.
final class LoadsTest {
  private static final BalancerSettings WEIR = BalancerSettings.of(PolicySpec.WEIR);
  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

  private static ServiceSpec service(BalancerSettings balancer, FakeReplica... replicas) {
    List<ReplicaEndpoint> all =
        List.of(replicas).stream().map(one -> one.spec("r" + one.port())).toList();
    return new ServiceSpec("shop", List.of(RouteRule.EVERYTHING), balancer, all, true);
  }

  private static ProxyServer before(ServiceSpec service) {
    return ProxyServer.start(Proxies.oneLoop(Proxies.settings(PolicySpec.WEIR)), List.of(service));
  }

  private static ServiceLoad load(ProxyServer proxy) {
    return Objects.requireNonNull(proxy.loads().get("shop"));
  }

  @Test
  void aServiceIsIdleFromTheStartAndAfterEachRequest() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = before(service(WEIR, replica));
        var client = Wire.to(proxy.address())) {
      double idleAtFirst = load(proxy).idleSeconds();
      assertThat(idleAtFirst).isPositive();
      assertThat(client.send(GET).response()).endsWith("a");
      double idleSeconds = load(proxy).idleSeconds();
      assertThat(idleSeconds).isPositive();
      assertThat(load(proxy).idleSeconds()).isGreaterThan(idleSeconds);
      assertThat(load(proxy).ready()).isEqualTo(1);
      assertThat(load(proxy).slots()).isEqualTo(1);
    }
  }

  @Test
  void aRequestUnderWayIsUseAndTheOthersWait() throws Exception {
    var go = new CountDownLatch(1);
    var one = WEIR.with(new LimitSpec.Fixed(1));
    try (var replica = holding(go);
        var proxy = before(service(one, replica));
        var first = Wire.to(proxy.address());
        var second = Wire.to(proxy.address())) {
      first.send(GET);
      replica.awaitRequest();
      assertThat(load(proxy).idleSeconds()).isZero();
      assertThat(load(proxy).queued()).isZero();
      second.send(GET);
      Proxies.settled(proxy);
      assertThat(load(proxy).queued()).isEqualTo(1);
      assertThat(load(proxy).waitSeconds()).isPositive();
      go.countDown();
      assertThat(first.response()).endsWith("slow");
      assertThat(second.response()).endsWith("slow");
      assertThat(load(proxy).idleSeconds()).isPositive();
    }
  }

  /// Its lease ends with its head, so the balancer knows of no request.
  @Test
  void anOpenTunnelIsUse() throws IOException {
    try (var replica =
            FakeReplica.responding(
                "HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: raw\r\n\r\n");
        var proxy = before(service(WEIR, replica));
        var client = Wire.to(proxy.address())) {
      client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: raw\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 101 ");
      assertThat(proxy.status().inFlight()).isZero();
      assertThat(load(proxy).idleSeconds()).isZero();
      client.reset();
      Proxies.settled(proxy);
      assertThat(load(proxy).idleSeconds()).isPositive();
    }
  }

  /// So does the lease of an event stream.
  @Test
  void anOpenEventStreamIsUse() throws IOException {
    try (var replica =
            FakeReplica.responding(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
        var proxy = before(service(WEIR, replica));
        var client = Wire.to(proxy.address())) {
      client.send(GET);
      assertThat(client.head()).startsWith("HTTP/1.1 200 ");
      assertThat(proxy.status().inFlight()).isZero();
      assertThat(load(proxy).idleSeconds()).isZero();
    }
  }

  @Test
  void changedSettingsAreNoUse() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = before(service(WEIR, replica));
        var client = Wire.to(proxy.address())) {
      assertThat(client.send(GET).response()).endsWith("a");
      ServiceLoad before = load(proxy);
      proxy.services(List.of(service(BalancerSettings.of(PolicySpec.ROUND_ROBIN), replica)));
      assertThat(proxy.status().policy()).isEqualTo("round-robin");
      assertThat(load(proxy).idleSeconds()).isGreaterThan(before.idleSeconds());
    }
  }

  @Test
  void whatTheFormerBalancerStillHasCounts() throws Exception {
    var go = new CountDownLatch(1);
    var one = WEIR.with(new LimitSpec.Fixed(1));
    try (var replica = holding(go);
        var proxy = before(service(one, replica));
        var first = Wire.to(proxy.address());
        var second = Wire.to(proxy.address())) {
      first.send(GET);
      replica.awaitRequest();
      second.send(GET);
      Proxies.settled(proxy);
      proxy.services(List.of(service(one.withSlowStart(1), replica)));
      assertThat(proxy.status().queued()).as("at the new balancer").isZero();
      assertThat(load(proxy).queued()).isEqualTo(1);
      assertThat(load(proxy).waitSeconds()).isPositive();
      assertThat(load(proxy).idleSeconds()).isZero();
      go.countDown();
      assertThat(first.response()).endsWith("slow");
      assertThat(second.response()).endsWith("slow");
    }
  }

  private static FakeReplica holding(CountDownLatch go) throws IOException {
    return FakeReplica.scripted((replica, wire) -> {
      while (!replica.request(wire).isEmpty()) {
        FakeReplica.await(go);
        wire.send(FakeReplica.ok("slow"));
      }
    });
  }
}
