package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.proxy.config.ServiceSpec;
import dev.weir.proxy.route.RouteRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Several services behind one port, which change while requests run.
final class ServicesTest {
  private static final BalancerSettings WEIR = BalancerSettings.of(PolicySpec.WEIR);

  private static ServiceSpec service(String name, String host, FakeReplica... replicas) {
    return service(name, host, WEIR, specs(name, false, replicas));
  }

  private static ServiceSpec service(
      String name, String host, BalancerSettings balancer, List<ReplicaEndpoint> replicas) {
    return new ServiceSpec(name, List.of(new RouteRule(host, "/")), balancer, replicas, true);
  }

  private static List<ReplicaEndpoint> specs(
      String name, boolean draining, FakeReplica... replicas) {
    var specs = new ArrayList<ReplicaEndpoint>();
    for (FakeReplica replica : replicas) {
      specs.add(new ReplicaEndpoint(name + specs.size(), "127.0.0.1", replica.port(), 1, draining));
    }
    return specs;
  }

  private static ProxyServer before(ServiceSpec... services) {
    return ProxyServer.start(
        Proxies.settings(PolicySpec.WEIR).withAdmin(Proxies.ANYWHERE), List.of(services));
  }

  private static String ask(ProxyServer proxy, String host) throws IOException {
    try (var wire = Wire.to(proxy.address())) {
      return wire.send("GET / HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(host)).response();
    }
  }

  @Test
  void hostsHaveTheirServicesAndWhatIsForNoneIsReported() throws IOException {
    try (var a = FakeReplica.named("a");
        var b = FakeReplica.named("b");
        var proxy = before(service("one", "one.test", a), service("two", "*.two.test", b))) {
      assertThat(ask(proxy, "one.test")).endsWith("a");
      assertThat(ask(proxy, "x.two.test:80")).endsWith("b");
      try (var wire = Wire.to(proxy.address())) {
        String first = wire.send("GET / HTTP/1.1\r\nHost: else\r\n\r\n").response();
        assertThat(first)
            .startsWith("HTTP/1.1 404 Not Found")
            .endsWith("404 Not Found: no service for this host and path\n");
        assertThat(wire.send("GET / HTTP/1.1\r\nHost: one.test\r\n\r\n").response()).endsWith("a");
      }
      assertThat(Proxies.page(proxy, "/metrics"))
          .contains("weir_requests_total{service=\"one\"} 2.0")
          .contains("weir_responses_total{code=\"2xx\",replica=\"two0\",service=\"two\"} 1.0")
          .contains("weir_unrouted_total 1.0");
      assertThat(Proxies.page(proxy, "/status"))
          .contains("\"name\":\"one\",\"routes\":[\"one.test/\"]", "\"name\":\"two\"");
    }
  }

  @Test
  void bodiesForNoServiceDoNotBecomeRequests() throws IOException {
    try (var proxy = before();
        var wire = Wire.to(proxy.address())) {
      String rest = wire.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nGET").rest();
      assertThat(rest)
          .startsWith("HTTP/1.1 503 ")
          .contains("Retry-After: 1", "Connection: close")
          .endsWith("no service is known yet\n");
    }
  }

  @Test
  void servicesComeAndGoAndChangeWhileRequestsRun() throws Exception {
    var go = new CountDownLatch(1);
    FakeReplica.Script slow =
        (replica, wire) -> {
          if (replica.request(wire).isEmpty()) {
            return; // a probe
          }
          await(go);
          wire.send(FakeReplica.ok("slow"));
        };
    try (var old = FakeReplica.scripted(slow);
        var fresh = FakeReplica.named("fresh");
        var proxy = before(service("one", "one.test", old));
        var early = Wire.to(proxy.address())) {
      early.send("GET / HTTP/1.1\r\nHost: one.test\r\n\r\n");
      old.awaitRequest();
      var other = BalancerSettings.of(PolicySpec.ROUND_ROBIN);
      proxy.services(List.of(service("one", "one.test", other, specs("new", false, fresh))));
      assertThat(ask(proxy, "one.test")).endsWith("fresh");
      assertThat(proxy.status().policy()).isEqualTo("round-robin");
      proxy.services(List.of(service("two", "two.test", fresh)));
      assertThat(ask(proxy, "one.test")).startsWith("HTTP/1.1 404 ");
      assertThat(ask(proxy, "two.test")).endsWith("fresh");
      go.countDown();
      assertThat(early.response()).endsWith("slow");
    }
  }

  @Test
  void lameDucksFinishWhatTheyHaveAndGetNothingNew() throws Exception {
    var go = new CountDownLatch(1);
    FakeReplica.Script slow =
        (replica, wire) -> {
          if (replica.request(wire).isEmpty()) {
            return; // a probe
          }
          await(go);
          wire.send(FakeReplica.ok("slow"));
          assertThat(replica.request(wire))
              .as("the connection is closed, not used again")
              .isEmpty();
        };
    try (var old = FakeReplica.scripted(slow);
        var fresh = FakeReplica.named("fresh");
        var proxy = before(service("s", "", old));
        var early = Wire.to(proxy.address())) {
      early.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      old.awaitRequest();
      var replicas = new ArrayList<>(specs("s", true, old));
      replicas.addAll(specs("new", false, fresh));
      proxy.services(List.of(service("s", "", WEIR, replicas)));
      for (int i = 0; i < 5; i++) {
        assertThat(ask(proxy, "h")).endsWith("fresh");
      }
      assertThat(Proxies.page(proxy, "/status")).contains("\"id\":\"s0\",\"state\":\"draining\"");
      go.countDown();
      assertThat(early.response()).endsWith("slow");
    }
  }

  @Test
  void aReplicaThatDoesNotListenYetIsWaitedFor() throws Exception {
    int port;
    try (var before = FakeReplica.named("before")) {
      port = before.port();
    }
    var replica = new ReplicaEndpoint("late", "127.0.0.1", port, 1);
    try (var early = FakeReplica.named("early");
        var proxy = before(service("s", "", early))) {
      assertThat(ask(proxy, "h")).endsWith("early");
      proxy.services(List.of(service("s", "", WEIR, List.of(replica))));
      try (var wire = Wire.to(proxy.address())) {
        wire.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx");
        try (var late = FakeReplica.named("late", port)) {
          assertThat(wire.response()).endsWith("late");
          assertThat(late.heads()).hasSize(1);
        }
      }
    }
  }

  @Test
  void namesAndRoutesAreUnique() {
    try (var proxy = before(service("s", ""))) {
      assertThatThrownBy(() -> proxy.services(List.of(service("a", "h"), service("a", "i"))))
          .hasMessage("service: a twice (expected: each once)");
      assertThatThrownBy(() -> proxy.services(List.of(service("a", "h"), service("b", "h"))))
          .hasMessage("route: h/ (expected: each once)");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
