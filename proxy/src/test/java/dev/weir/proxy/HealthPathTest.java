package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.PolicySpec;
import dev.weir.proxy.config.ProxySettings;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Replicas with a bad response to the health path are left out, unless all have one.
class HealthPathTest {
  /// A replica with a settable health, which counts the health requests.
  private static final class Patient {
    private final Semaphore asked = new Semaphore(0);
    private volatile String health = "200 OK";

    FakeReplica start(String name) throws IOException {
      return FakeReplica.scripted((replica, wire) -> {
        for (String head = replica.request(wire); !head.isEmpty(); head = replica.request(wire)) {
          if (head.startsWith("GET /well ")) {
            wire.send("HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 " + health + "\r\n\r\n");
            asked.release();
          } else {
            wire.send(FakeReplica.ok(name));
          }
        }
      });
    }

    /// Changes the health and returns when the proxy has heard of it: it asks once a second, so the
    /// second question comes after the first response was read.
    void becomes(String status) throws InterruptedException {
      health = status;
      asked.drainPermits();
      assertThat(asked.tryAcquire(3, 20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Set<String> served(ProxyServer proxy) throws IOException {
    Set<String> names = new HashSet<>();
    try (var client = Wire.to(proxy.address())) {
      for (int i = 0; i < 10; i++) {
        String response =
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n").response();
        names.add(response.substring(response.length() - 1));
      }
    }
    return names;
  }

  @Test
  void unhealthyReplicaIsLeftOutUntilItIsWellAndAllOfThemAreNot() throws Exception {
    var sick = new Patient();
    var other = new Patient();
    try (var a = sick.start("a");
        var b = other.start("b");
        var proxy =
            ProxyServer.start(
                Proxies.settings(PolicySpec.ROUND_ROBIN, a, b)
                    .with(new ProxySettings.Options(1, 100, false, false, "/well")))) {
      assertThat(served(proxy)).containsExactlyInAnyOrder("a", "b");
      sick.becomes("503 Sick");
      assertThat(served(proxy)).containsExactly("b");
      other.becomes("404 No Such Path");
      assertThat(served(proxy)).containsExactlyInAnyOrder("a", "b");
      other.health = "200 OK";
      sick.becomes("204 Well");
      assertThat(served(proxy)).containsExactlyInAnyOrder("a", "b");
      sick.becomes("204 Well\nX: said by an old program");
      assertThat(served(proxy)).containsExactlyInAnyOrder("a", "b");
    }
  }
}
