package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.proxy.config.ServiceSpec;
import dev.weir.proxy.route.RouteRule;
import dev.weir.proxy.socket.Transport;
import dev.weir.proxy.upstream.UpstreamConnector;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Replicas given by name, before a real name server.
@Timeout(60)
final class NamedReplicaTest {
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final FakeNameServer names = new FakeNameServer();

  NamedReplicaTest() throws IOException {}

  @AfterEach
  void close() {
    names.close();
  }

  @Test
  void aNameServerThatHangsHoldsUpNobody() throws Exception {
    names.neverResponse("hangs.test");
    try (var good = FakeReplica.named("good");
        var proxy =
            before(
                service("one", new ReplicaEndpoint("h", "hangs.test", 80, 1)),
                service("two", good.spec("g")));
        var waiting = Wire.to(proxy.address())) {
      waiting.send("GET / HTTP/1.1\r\nHost: one.test\r\n\r\n");
      assertThat(names.asked().poll(30, TimeUnit.SECONDS)).isEqualTo("hangs.test");
      for (int i = 0; i < 20; i++) {
        assertThat(ask(proxy, "two")).endsWith("good");
      }
      assertThat(names.asked()).allMatch(name -> name.startsWith("hangs.test"));
    }
  }

  /// The name server says that its addresses hold for ten minutes, as Docker's does.
  @Test
  void aNameIsFollowedToItsNewAddress() throws Exception {
    assertFollowed(true);
  }

  /// The old replica lives on and would keep its connections for ever.
  @Test
  void connectionsToAnAddressThatIsNoLongerTheNamesAreClosed() throws Exception {
    assertFollowed(false);
  }

  private void assertFollowed(boolean firstDies) throws Exception {
    try (var first = FakeReplica.named("first");
        var second =
            FakeReplica.named("second", new InetSocketAddress("127.0.0.2", first.port()))) {
      names.put("app.test", "127.0.0.1");
      try (var proxy =
          before(service("one", new ReplicaEndpoint("a", "app.test", first.port(), 1)))) {
        assertThat(ask(proxy, "one")).endsWith("first");
        names.put("app.test", "127.0.0.2");
        if (firstDies) {
          first.kill();
        }
        awaitResponse(proxy, "second");
        assertThat(second.heads()).isNotEmpty();
      }
    }
  }

  @Test
  void everyAddressOfANameIsTried() throws Exception {
    try (var only = FakeReplica.named("only", new InetSocketAddress("127.0.0.2", 0))) {
      names.put("app.test", "127.0.0.1", "127.0.0.2");
      try (var proxy =
          before(service("one", new ReplicaEndpoint("a", "app.test", only.port(), 1)))) {
        for (int i = 0; i < 5; i++) {
          assertThat(ask(proxy, "one")).startsWith("HTTP/1.1 200 ").endsWith("only");
        }
      }
    }
  }

  @Test
  void aNameThatDoesNotResolveIsLeftOutUntilItDoes() throws Exception {
    try (var replica = FakeReplica.named("found");
        var other = FakeReplica.named("other");
        var proxy =
            before(
                service(
                    "one",
                    new ReplicaEndpoint("a", "late.test", replica.port(), 1),
                    other.spec("o")))) {
      long deadlineNanos = System.nanoTime() + LONGEST_NANOS;
      while (proxy.status().replicas().size() > 1) {
        assertThat(System.nanoTime()).isLessThan(deadlineNanos);
        assertThat(ask(proxy, "one")).endsWith("other");
      }
      names.put("late.test", "127.0.0.1");
      awaitResponse(proxy, "found");
    }
  }

  private static void awaitResponse(ProxyServer proxy, String response) throws IOException {
    long deadlineNanos = System.nanoTime() + LONGEST_NANOS;
    while (!ask(proxy, "one").endsWith(response)) {
      assertThat(System.nanoTime()).isLessThan(deadlineNanos);
    }
  }

  private static String ask(ProxyServer proxy, String service) throws IOException {
    try (var wire = Wire.to(proxy.address())) {
      return wire.send("GET / HTTP/1.1\r\nHost: %s.test\r\n\r\n".formatted(service)).response();
    }
  }

  private ProxyServer before(ServiceSpec... services) {
    Transport transport = Transport.best();
    return ProxyServer.start(
        Proxies.oneLoop(Proxies.settings(PolicySpec.ROUND_ROBIN)),
        List.of(services),
        transport,
        new UpstreamConnector(
            transport, new SingletonDnsServerAddressStreamProvider(names.address())));
  }

  private static ServiceSpec service(String name, ReplicaEndpoint... replicas) {
    return new ServiceSpec(
        name,
        List.of(new RouteRule(name + ".test", "/")),
        BalancerSettings.of(PolicySpec.ROUND_ROBIN),
        List.of(replicas),
        false);
  }
}
