package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.PolicySpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Replicas that refuse connections for a while: nothing was sent, so nothing needs to be lost.
@Timeout(60)
final class RefusedConnectionTest {
  private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";

  /// Each of them is refused several times, which is far more often than requests may be retried.
  @Test
  void requestsWaitForAReplicaThatComesBack() throws IOException {
    FakeReplica replica = FakeReplica.named("back");
    int port = replica.port();
    replica.close();
    var clients = new ArrayList<Wire>();
    try (var proxy = ProxyServer.start(Proxies.settings(PolicySpec.WEIR, replica))) {
      for (int i = 0; i < 200; i++) {
        clients.add(Wire.to(proxy.address()).send(POST));
      }
      clients.getLast().lookInVain(300);
      try (var again = FakeReplica.named("back", port)) {
        for (Wire client : clients) {
          assertThat(client.response()).startsWith("HTTP/1.1 200 ").endsWith("back");
        }
        assertThat(again.heads()).hasSize(clients.size());
      }
    } finally {
      for (Wire client : clients) {
        client.close();
      }
    }
  }

  /// The first one waits for its deadline; when no replica was reached for as long, others need
  /// not.
  @Test
  void whatCannotBeReachedIsSaidAtTheDeadlineThenAtOnce() throws IOException {
    FakeReplica replica = FakeReplica.named("gone");
    replica.close();
    Duration deadline = Duration.ofSeconds(1);
    var settings = Proxies.queue(Proxies.settings(PolicySpec.WEIR, replica), 10, deadline, 100_000);
    try (var proxy = ProxyServer.start(settings)) {
      assertThat(nanosOfRefusal(proxy)).isGreaterThanOrEqualTo(deadline.toNanos());
      long leastNanos = deadline.toNanos();
      for (int i = 0; i < 5 && leastNanos > deadline.toNanos() / 2; i++) {
        leastNanos = Math.min(leastNanos, nanosOfRefusal(proxy));
      }
      assertThat(leastNanos).isLessThan(deadline.toNanos() / 2);
    }
  }

  private static long nanosOfRefusal(ProxyServer proxy) throws IOException {
    long startNanos = System.nanoTime();
    try (var client = Wire.to(proxy.address())) {
      assertThat(client.send(POST).response())
          .startsWith("HTTP/1.1 503 ")
          .contains("Retry-After: 1\r\n");
    }
    return System.nanoTime() - startNanos;
  }
}
