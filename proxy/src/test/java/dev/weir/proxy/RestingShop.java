package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.proxy.config.ServiceSpec;
import dev.weir.proxy.config.ZeroSpec;
import dev.weir.proxy.route.RouteRule;
import dev.weir.scale.ServiceLoad;
import dev.weir.testing.RealTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/// A shop that has no replica until a request asks for one, and what its tests need.
abstract class RestingShop {
  static final BalancerSettings WEIR = BalancerSettings.of(PolicySpec.WEIR);
  static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  static final String BROWSER = "GET / HTTP/1.1\r\nHost: h\r\nAccept: text/html,*/*;q=0.8\r\n\r\n";
  static final String COLD = "x-weir-cold";

  final BlockingQueue<String> wakes = new LinkedBlockingQueue<>();
  final List<AutoCloseable> open = new ArrayList<>();
  ZeroSpec zero = ZeroSpec.DEFAULTS;
  BalancerSettings balancer = WEIR;

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }

  ServiceSpec shop(FakeReplica... replicas) {
    List<ReplicaEndpoint> all =
        List.of(replicas).stream().map(one -> one.spec("r" + one.port())).toList();
    return new ServiceSpec("shop", List.of(RouteRule.EVERYTHING), balancer, all, true).with(zero);
  }

  ProxyServer asleep() {
    var settings = Proxies.oneLoop(Proxies.settings(PolicySpec.WEIR)).withAdmin(Proxies.ANYWHERE);
    ProxyServer proxy = opened(ProxyServer.start(settings, List.of(shop())));
    proxy.onWake(wakes::add);
    return proxy;
  }

  Wire client(ProxyServer proxy) throws IOException {
    return opened(Wire.to(proxy.address()));
  }

  FakeReplica named(String name) throws IOException {
    return opened(FakeReplica.named(name));
  }

  void comesUp(ProxyServer proxy, FakeReplica replica) {
    proxy.services(List.of(shop(replica)));
    until(() -> load(proxy).ready() == 1);
  }

  static ServiceLoad load(ProxyServer proxy) {
    return Objects.requireNonNull(proxy.loads().get("shop"));
  }

  static void until(BooleanSupplier holds) {
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadlineNanos);
      RealTime.pass(Duration.ofMillis(5));
    }
  }

  static void untilQueued(ProxyServer proxy, int count) {
    until(() -> load(proxy).queued() == count);
  }

  void assertWoken() throws InterruptedException {
    assertThat(wakes.poll(10, TimeUnit.SECONDS)).isEqualTo("shop");
  }

  static void assertRefused(String response, String text) {
    assertThat(response).startsWith("HTTP/1.1 503 ").contains("Retry-After: ").contains(text);
  }
}
