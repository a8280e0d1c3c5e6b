package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Several services behind one port, which change while requests run.
final class ServicesTest {
  private static final BalancerSettings WEIR = BalancerSettings.of(PolicySpec.WEIR);

  private static ServiceSpec service(String name, String host, FakeBackend... backends) {
    return service(name, host, WEIR, specs(name, false, backends));
  }

  private static ServiceSpec service(
      String name, String host, BalancerSettings balancer, List<Backend> backends) {
    return new ServiceSpec(name, List.of(new RouteRule(host, "/")), balancer, backends, true);
  }

  private static List<Backend> specs(String name, boolean draining, FakeBackend... backends) {
    var specs = new ArrayList<Backend>();
    for (FakeBackend backend : backends) {
      specs.add(new Backend(name + specs.size(), "127.0.0.1", backend.port(), 1, draining));
    }
    return specs;
  }

  private static ProxyServer before(ServiceSpec... services) {
    return ProxyServer.start(
        Proxies.settings(PolicySpec.WEIR).withAdmin(Proxies.ANYWHERE), List.of(services));
  }

  private static String ask(ProxyServer proxy, String host) throws IOException {
    try (var wire = Wire.to(proxy.address())) {
      return wire.send("GET / HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(host)).answer();
    }
  }

  private static String page(ProxyServer proxy, String path) throws IOException {
    try (var wire = Wire.to(proxy.adminAddress())) {
      return wire.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").rest();
    }
  }

  @Test
  void hostsHaveTheirServicesAndWhatIsForNoneIsTold() throws IOException {
    try (var a = FakeBackend.named("a");
        var b = FakeBackend.named("b");
        var proxy = before(service("one", "one.test", a), service("two", "*.two.test", b))) {
      assertThat(ask(proxy, "one.test")).endsWith("a");
      assertThat(ask(proxy, "x.two.test:80")).endsWith("b");
      try (var wire = Wire.to(proxy.address())) {
        String first = wire.send("GET / HTTP/1.1\r\nHost: else\r\n\r\n").answer();
        assertThat(first)
            .startsWith("HTTP/1.1 404 Not Found")
            .endsWith("404 Not Found: no service answers for this host and path\n");
        assertThat(wire.send("GET / HTTP/1.1\r\nHost: one.test\r\n\r\n").answer()).endsWith("a");
      }
      assertThat(page(proxy, "/metrics"))
          .contains("weir_requests_total{service=\"one\"} 2.0")
          .contains("weir_responses_total{code=\"2xx\",replica=\"two0\",service=\"two\"} 1.0")
          .contains("weir_unrouted_total 1.0");
      assertThat(page(proxy, "/status"))
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
    FakeBackend.Script slow =
        (backend, wire) -> {
          if (backend.request(wire).isEmpty()) {
            return; // a probe
          }
          await(go);
          wire.send(FakeBackend.ok("slow"));
        };
    try (var old = FakeBackend.scripted(slow);
        var fresh = FakeBackend.named("fresh");
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
      assertThat(early.answer()).endsWith("slow");
    }
  }

  @Test
  void lameDucksFinishWhatTheyHaveAndGetNothingNew() throws Exception {
    var go = new CountDownLatch(1);
    FakeBackend.Script slow =
        (backend, wire) -> {
          if (backend.request(wire).isEmpty()) {
            return; // a probe
          }
          await(go);
          wire.send(FakeBackend.ok("slow"));
          assertThat(backend.request(wire))
              .as("the connection is closed, not used again")
              .isEmpty();
        };
    try (var old = FakeBackend.scripted(slow);
        var fresh = FakeBackend.named("fresh");
        var proxy = before(service("s", "", old));
        var early = Wire.to(proxy.address())) {
      early.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      old.awaitRequest();
      var backends = new ArrayList<>(specs("s", true, old));
      backends.addAll(specs("new", false, fresh));
      proxy.services(List.of(service("s", "", WEIR, backends)));
      for (int i = 0; i < 5; i++) {
        assertThat(ask(proxy, "h")).endsWith("fresh");
      }
      assertThat(page(proxy, "/status")).contains("\"id\":\"s0\",\"state\":\"draining\"");
      go.countDown();
      assertThat(early.answer()).endsWith("slow");
    }
  }

  @Test
  void aReplicaThatDoesNotListenYetIsWaitedFor() throws Exception {
    int port;
    try (var before = FakeBackend.named("before")) {
      port = before.port();
    }
    var backend = new Backend("late", "127.0.0.1", port, 1);
    try (var early = FakeBackend.named("early");
        var proxy = before(service("s", "", early))) {
      assertThat(ask(proxy, "h")).endsWith("early");
      proxy.services(List.of(service("s", "", WEIR, List.of(backend))));
      try (var wire = Wire.to(proxy.address())) {
        wire.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx");
        try (var late = FakeBackend.named("late", port)) {
          assertThat(wire.answer()).endsWith("late");
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
