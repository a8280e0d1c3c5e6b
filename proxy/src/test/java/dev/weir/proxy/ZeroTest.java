package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.LimitSpec;
import dev.weir.balance.PolicySpec;
import dev.weir.proxy.config.ZeroSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A service that has no replica until a request asks for one, over real sockets.
final class ZeroTest extends RestingShop {
  /// Others answer the first request 502 or 503, or poll until they notice it.
  @Test
  void theFirstRequestWakesTheServiceWaitsAndIsServed() throws Exception {
    ProxyServer proxy = asleep();
    Wire first = client(proxy).send(GET);
    assertWoken();
    untilQueued(proxy, 1);
    assertThat(load(proxy).ready()).isZero();
    assertThat(load(proxy).idleSeconds()).isZero();
    comesUp(proxy, named("a"));
    String response = first.response();
    assertThat(response).startsWith("HTTP/1.1 200 ").endsWith("a");
    assertThat(Wire.field(response, COLD)).matches("[0-9]+\\.[0-9]");
    String next = first.send(GET).response();
    assertThat(next).startsWith("HTTP/1.1 200 ");
    assertThat(Wire.field(next, COLD)).as("it waited for nothing").isEmpty();
  }

  @Test
  void allThatCameMeanwhileAreServedInTheirOrder() throws Exception {
    balancer =
        new BalancerSettings(PolicySpec.WEIR, 200, 300_000_000_000L, 0, 16)
            .with(new LimitSpec.Fixed(1));
    ProxyServer proxy = asleep();
    var clients = new ArrayList<Wire>();
    for (int i = 0; i < 200; i++) {
      clients.add(client(proxy).send("GET /%d HTTP/1.1\r\nHost: h\r\n\r\n".formatted(i)));
      int queued = i + 1;
      until(() -> proxy.status().queued() == queued);
    }
    FakeReplica replica = named("a");
    comesUp(proxy, replica);
    for (Wire client : clients) {
      assertThat(client.response()).startsWith("HTTP/1.1 200 ").contains("X-Weir-Cold: ");
    }
    assertThat(replica.heads()).hasSize(200);
    for (int i = 0; i < 200; i++) {
      assertThat(replica.heads().get(i)).startsWith("GET /%d ".formatted(i));
    }
  }

  /// Others hold requests for ever when the image cannot be pulled.
  @Test
  void aStartThatFailedIsSaidAtOnceInTheEnginesWords() throws Exception {
    ProxyServer proxy = asleep();
    Wire waiting = client(proxy).send(GET);
    untilQueued(proxy, 1);
    assertWoken();
    proxy.cold("shop", 20, "No such image: shop:9");
    assertRefused(waiting.response(), "the service does not start: No such image: shop:9\n");
    assertRefused(client(proxy).send(GET).response(), "No such image: shop:9");
    proxy.cold("shop", 20, "");
    Wire again = client(proxy).send(GET);
    until(() -> proxy.status().queued() == 1);
    comesUp(proxy, named("a"));
    assertThat(again.response()).endsWith("a");
  }

  @Test
  void aReplicaThatAppearsEndsTheFailure() throws Exception {
    ProxyServer proxy = asleep();
    proxy.cold("shop", 20, "no such image");
    comesUp(proxy, named("a"));
    assertThat(client(proxy).send(GET).response()).endsWith("a");
    proxy.services(List.of(shop()));
    Wire waiting = client(proxy).send(GET);
    until(() -> proxy.status().queued() == 1);
    comesUp(proxy, named("b"));
    assertThat(waiting.response()).endsWith("b");
  }

  @Test
  void requestsWaitNoLongerThanTheHold() throws Exception {
    ProxyServer proxy = asleep();
    Wire waiting = client(proxy).send(GET);
    untilQueued(proxy, 1);
    proxy.cold("shop", 0, "");
    assertRefused(waiting.response(), "no replica started in time");
    assertThat(Proxies.page(proxy, "/status"))
        .contains("\"refusedDeadline\":1", "\"state\":\"cold\",\"holdSeconds\":0.0");
  }

  @Test
  void theQueueKeepsItsCap() throws Exception {
    balancer = new BalancerSettings(PolicySpec.WEIR, 1, 30_000_000_000L, 0, 16);
    ProxyServer proxy = asleep();
    Wire _ = client(proxy).send(GET);
    untilQueued(proxy, 1);
    assertRefused(client(proxy).send(GET).response(), "the queue is full");
  }

  /// Monitors would keep a service awake for ever.
  @Test
  void monitorsStartNothingAndAreNoUse() throws Exception {
    zero = new ZeroSpec(false, List.of("Uptime-Kuma"), List.of("/health"));
    String agent = "GET / HTTP/1.1\r\nHost: h\r\nUser-Agent: uptime-kuma/1.23\r\n\r\n";
    String path = "GET /health?x HTTP/1.1\r\nHost: h\r\n\r\n";
    ProxyServer proxy = asleep();
    double idleSeconds = load(proxy).idleSeconds();
    for (String monitor : List.of(agent, path)) {
      assertRefused(client(proxy).send(monitor).response(), "no replica runs, and this request");
      assertThat(load(proxy).idleSeconds()).isGreaterThan(idleSeconds);
      idleSeconds = load(proxy).idleSeconds();
    }
    assertThat(load(proxy).queued()).isZero();
    assertThat(Proxies.page(proxy, "/metrics"))
        .contains("weir_cold_not_woken_total{service=\"shop\"} 2.0");
    comesUp(proxy, named("a"));
    assertThat(client(proxy).send(agent).response()).endsWith("a");
    assertThat(load(proxy).idleSeconds()).isGreaterThan(idleSeconds);
    assertThat(wakes).isEmpty();
    String other = client(proxy).send("GET /healthy HTTP/1.1\r\nHost: h\r\n\r\n").response();
    assertThat(other).endsWith("a");
    assertThat(load(proxy).idleSeconds()).isLessThan(idleSeconds);
  }

  @Test
  void aBrowserGetsAPageThatReloadsItself() throws Exception {
    zero = new ZeroSpec(true, List.of(), List.of());
    ProxyServer proxy = asleep();
    Wire browser = client(proxy);
    String page = browser.send(BROWSER).response();
    assertWoken();
    assertRefused(page, "<h1>shop is starting</h1>");
    assertThat(page)
        .contains("Cache-Control: no-store", "Content-Type: text/html; charset=utf-8")
        .contains("<meta http-equiv=\"refresh\" content=\"3\">", "Retry-After: 3")
        .doesNotContain("<script");
    assertThat(load(proxy).queued()).as("it waits, though no request does").isEqualTo(1);
    assertThat(proxy.status().queued()).isZero();
    comesUp(proxy, named("a"));
    assertThat(browser.send(BROWSER).response()).startsWith("HTTP/1.1 200 ").endsWith("a");
  }

  @Test
  void whoeverIsNoBrowserNeverGetsThePage() throws Exception {
    zero = new ZeroSpec(true, List.of(), List.of());
    ProxyServer proxy = asleep();
    List<String> others =
        List.of(
            GET,
            "GET / HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nAccept: application/json, text/*\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nAccept: text/html;q=0.0, */*\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: h\r\nAccept: text/html\r\nContent-Length: 1\r\n\r\nx");
    var clients = new ArrayList<Wire>();
    for (String other : others) {
      clients.add(client(proxy).send(other));
    }
    until(() -> proxy.status().queued() == others.size());
    comesUp(proxy, named("a"));
    for (Wire client : clients) {
      assertThat(client.response()).startsWith("HTTP/1.1 200 ").endsWith("a");
    }
  }

  /// A page that says "starting" for ever would hide what is wrong.
  @Test
  void aBrowserLearnsThatTheStartFailed() throws Exception {
    zero = new ZeroSpec(true, List.of(), List.of());
    ProxyServer proxy = asleep();
    proxy.cold("shop", 20, "no such image");
    assertRefused(client(proxy).send(BROWSER).response(), "does not start: no such image");
    assertWoken();
  }

  @Test
  void aClientThatLeavesWhileItWaitsLeavesNothing() throws Exception {
    ProxyServer proxy = asleep();
    Wire leaving = client(proxy);
    Wire staying = client(proxy);
    leaving.send(GET.replace("/ ", "/left "));
    untilQueued(proxy, 1);
    staying.send(GET);
    untilQueued(proxy, 2);
    leaving.reset();
    untilQueued(proxy, 1);
    assertThat(proxy.status().cancelled()).isEqualTo(1);
    FakeReplica replica = named("a");
    comesUp(proxy, replica);
    assertThat(staying.response()).endsWith("a");
    assertThat(replica.heads()).hasSize(1);
    staying.reset();
    Proxies.settled(proxy);
    assertThat(load(proxy).idleSeconds()).as("no use is left open").isPositive();
    assertThat(proxy.status().inFlight()).isZero();
  }

  @Test
  void anUploadWaitsUnreadAndArrivesWhole() throws Exception {
    ProxyServer proxy = asleep();
    String body = "0123456789abcdef".repeat(256 * 1024); // 4 MiB: more than all buffers take
    Wire client = client(proxy);
    var sender =
        Thread.ofVirtual()
            .start(() -> {
              try {
                client
                    .send(
                        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n"
                            .formatted(body.length()))
                    .send(body);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    untilQueued(proxy, 1);
    Proxies.settled(proxy);
    double heldBytes = metric(proxy, "weir_memory_used_bytes");
    assertThat(heldBytes).as("of 4 MiB").isLessThan(128 * 1024);
    FakeReplica replica = named("a");
    comesUp(proxy, replica);
    assertThat(client.response()).endsWith("a");
    sender.join();
    assertThat(replica.bodies()).containsExactly(body);
  }

  private static double metric(ProxyServer proxy, String name) throws IOException {
    return Proxies.page(proxy, "/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whoAsksBeforeItSendsItsBodyIsAskedForItOnceTheReplicaIsThere() throws Exception {
    ProxyServer proxy = asleep();
    Wire client = client(proxy);
    client.send("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    untilQueued(proxy, 1);
    FakeReplica asking =
        opened(
            FakeReplica.scripted((_, wire) -> {
              String head = wire.head();
              if (!head.isEmpty()) {
                wire.send("HTTP/1.1 100 Continue\r\n\r\n");
                wire.send(FakeReplica.ok(new String(wire.body(head), StandardCharsets.ISO_8859_1)));
              }
            }));
    comesUp(proxy, asking);
    assertThat(client.head()).startsWith("HTTP/1.1 100 ").doesNotContain("X-Weir-Cold");
    assertThat(client.send("hi").response()).contains("X-Weir-Cold: ").endsWith("hi");
  }

  @Test
  void pipelinedRequestsAreServedOneAfterTheOther() throws Exception {
    ProxyServer proxy = asleep();
    Wire client = client(proxy).send("HEAD /1 HTTP/1.1\r\nHost: h\r\n\r\n" + GET);
    untilQueued(proxy, 1);
    FakeReplica replica =
        opened(
            FakeReplica.scripted((one, wire) -> {
              for (String head = one.request(wire); !head.isEmpty(); head = one.request(wire)) {
                String ok = FakeReplica.ok("abc");
                wire.send(head.startsWith("HEAD") ? ok.replace("abc", "") : ok);
              }
            }));
    comesUp(proxy, replica);
    assertThat(client.head()).startsWith("HTTP/1.1 200 ").contains("X-Weir-Cold: ");
    assertThat(client.response()).startsWith("HTTP/1.1 200 ").endsWith("abc");
  }

  @Test
  void aReplicasOwnFieldIsNotTakenForOurs() throws Exception {
    ProxyServer proxy = asleep();
    comesUp(
        proxy,
        opened(
            FakeReplica.responding(
                "HTTP/1.1 200 OK\r\nX-WEIR-Cold: 99\r\nContent-Length: 0\r\n\r\n")));
    assertThat(client(proxy).send(GET).response()).doesNotContain("99");
  }

  /// A label may change while requests wait for a replica.
  @Test
  void changedSettingsLoseNoRequestThatWaits() throws Exception {
    ProxyServer proxy = asleep();
    Wire waiting = client(proxy).send(GET);
    untilQueued(proxy, 1);
    balancer = BalancerSettings.of(PolicySpec.ROUND_ROBIN);
    proxy.services(List.of(shop()));
    assertThat(proxy.status().queued()).isZero();
    assertThat(load(proxy).queued()).isEqualTo(1);
    comesUp(proxy, named("a"));
    assertThat(waiting.response()).endsWith("a");
  }

  /// Decision 010 stays as it is for all others.
  @Test
  void aServiceThatIsNotToRestRefusesWithoutReplicas() throws Exception {
    ProxyServer proxy = asleep();
    proxy.services(List.of(shop().with((ZeroSpec) null)));
    assertRefused(client(proxy).send(GET).response(), "the service has no replica");
    proxy.services(List.of(shop()));
    Wire waiting = client(proxy).send(GET);
    untilQueued(proxy, 1);
    comesUp(proxy, named("a"));
    assertThat(waiting.response()).endsWith("a");
  }

  @Test
  void statusAndMetricsShowIt() throws Exception {
    ProxyServer proxy = asleep();
    proxy.cold("shop", 4.5, "");
    Wire first = client(proxy).send(GET);
    untilQueued(proxy, 1);
    assertThat(Proxies.page(proxy, "/status"))
        .contains(
            "\"idleSeconds\":0.0,\"zero\":{\"state\":\"cold\",\"holdSeconds\":4.5,\"reason\":\"\","
                + "\"waiting\":1}");
    comesUp(proxy, named("a"));
    assertThat(first.response()).endsWith("a");
    assertThat(Proxies.page(proxy, "/status")).contains("\"zero\":{\"state\":\"awake\"");
    assertThat(Proxies.page(proxy, "/metrics"))
        .contains("weir_cold_wait_seconds_count{service=\"shop\"} 1")
        .contains("weir_refused_total{reason=\"start-failed\",service=\"shop\"} 0.0");
    proxy.services(List.of(shop()));
    proxy.cold("shop", 4.5, "bad\nimage");
    assertThat(Proxies.page(proxy, "/status"))
        .contains(
            "\"zero\":{\"state\":\"failed\",\"holdSeconds\":4.5,\"reason\":\"bad\\\\nimage\"");
  }
}
