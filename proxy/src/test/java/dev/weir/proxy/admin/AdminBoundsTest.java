package dev.weir.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.PolicySpec;
import dev.weir.base.HostNames;
import dev.weir.proxy.FakeReplica;
import dev.weir.proxy.Proxies;
import dev.weir.proxy.ProxyServer;
import dev.weir.proxy.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How the admin port treats clients that misuse it, and that it serves all others.
@Timeout(60)
final class AdminBoundsTest {
  private final List<Socket> held = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // set before each test
  private FakeReplica replica;

  @SuppressWarnings("NullAway.Init") // set before each test
  private ProxyServer proxy;

  @BeforeEach
  void start() throws IOException {
    replica = FakeReplica.named("a");
    proxy =
        ProxyServer.start(Proxies.settings(PolicySpec.WEIR, replica).withAdmin(Proxies.ANYWHERE));
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : held) {
      socket.close();
    }
    proxy.close();
    replica.close();
  }

  @Test
  void idleConnectionsGiveWayToAnyoneAsks() throws IOException {
    for (int i = 0; i < 600; i++) {
      hold();
    }
    long startNanos = System.nanoTime();
    assertThat(get("/health", "localhost")).startsWith("HTTP/1.1 200 ");
    assertThat(get("/metrics", "localhost")).contains("weir_requests_total");
    assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(1));
    assertThat(stillOpen()).isBetween(1, AdminPort.CONNECTIONS_MAX);
    assertServed();
  }

  @Test
  void aHeadIsSmall() throws IOException {
    try (var wire = Wire.to(proxy.adminAddress())) {
      String field = "X: " + "y".repeat(1000) + "\r\n";
      String said = wire.send("GET /status HTTP/1.1\r\nHost: h\r\n" + field.repeat(9)).head();
      assertThat(said).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void aFloodOfQuestionsIsRespondedAndLeavesTheDataPlaneAlone() throws Exception {
    var asked = new ArrayList<Callable<String>>();
    for (int i = 0; i < 400; i++) {
      String path = i % 2 == 0 ? "/metrics" : "/status";
      asked.add(() -> get(path, "localhost"));
    }
    try (var threads = Executors.newFixedThreadPool(16)) {
      List<Future<String>> said = asked.stream().map(threads::submit).toList();
      for (int i = 0; i < 50; i++) {
        assertServed();
      }
      for (Future<String> one : said) {
        assertThat(one.get()).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  /// A web page's owner may point its name at us; its readers' browsers must get no pages.
  @Test
  void onlyPrivateAndAllowedHostNamesGetPages() throws IOException {
    for (String own : List.of("127.0.0.1", "localhost:1", "weir_balancer:8001", "[::1]")) {
      assertThat(get("/status", own)).startsWith("HTTP/1.1 200 ");
    }
    assertThat(get("/status", "evil.example:80"))
        .startsWith("HTTP/1.1 421 Misdirected Request")
        .contains("no pages for the host evil.example:80", "--admin-host");
    assertThat(get("/health", "evil.example")).startsWith("HTTP/1.1 200 ");
    proxy.close();
    proxy =
        ProxyServer.start(
            Proxies.settings(PolicySpec.WEIR, replica)
                .withAdmin(Proxies.ANYWHERE)
                .withAdminHosts(HostNames.of("--admin-host", List.of("metrics.example"))));
    assertThat(get("/metrics", "metrics.example")).startsWith("HTTP/1.1 200 ");
    assertThat(get("/metrics", "evil.example")).startsWith("HTTP/1.1 421 ");
  }

  private void assertServed() throws IOException {
    try (var client = Wire.to(proxy.address())) {
      assertThat(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").response())
          .startsWith("HTTP/1.1 200 ");
    }
  }

  private String get(String path, String host) throws IOException {
    try (var wire = Wire.to(proxy.adminAddress())) {
      return wire.send("GET %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(path, host)).rest();
    }
  }

  private void hold() throws IOException {
    held.add(new Socket(InetAddress.getLoopbackAddress(), proxy.adminAddress().getPort()));
  }

  /// Those that were closed end at once when read.
  private int stillOpen() throws IOException {
    int open = 0;
    for (Socket socket : held) {
      socket.setSoTimeout(1);
      try {
        assertThat(socket.getInputStream().read()).isNegative();
      } catch (java.net.SocketTimeoutException _) {
        open++;
      }
    }
    return open;
  }
}
