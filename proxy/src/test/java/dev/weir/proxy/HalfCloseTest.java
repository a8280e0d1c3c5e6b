package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Ends that close one side of their connection and still want the other.
@Timeout(60)
final class HalfCloseTest {
  private static final String UPGRADE =
      "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: raw\r\n\r\n";
  private static final String SWITCHED =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: raw\r\n\r\n";

  @Test
  void clientThatClosesItsSideWithTheRequestGetsItsResponse() throws Exception {
    var release = new CountDownLatch(1);
    try (var replica =
            FakeReplica.scripted((its, wire) -> {
              its.request(wire);
              FakeReplica.await(release);
              wire.send(FakeReplica.ok("late"));
            });
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc").endOutput();
      replica.awaitRequest();
      client.lookInVain(300);
      release.countDown();
      assertThat(client.rest()).startsWith("HTTP/1.1 200 ").endsWith("late");
      assertThat(replica.bodies()).containsExactly("abc");
    }
  }

  @Test
  void requestsSentAheadOfTheEndAreAllResponded() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3)).endOutput();
      assertThat(client.rest().split("HTTP/1.1 200 OK", -1)).hasSize(4);
    }
  }

  @Test
  void requestCutShortIsNotResponded() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc").endOutput();
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void eitherSideOfATunnelMayEndFirst() throws Exception {
    try (var replica =
            FakeReplica.scripted((its, wire) -> {
              its.request(wire);
              wire.send(SWITCHED);
              wire.send("got " + wire.rest())
                  .endOutput(); // only the end of the client's side ends it
            });
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      assertThat(client.send(UPGRADE).head()).startsWith("HTTP/1.1 101 ");
      client.send("all there is").endOutput();
      assertThat(client.rest()).isEqualTo("got all there is");
    }
  }

  @Test
  void replicaThatEndsItsSideStillHearsTheClient() throws Exception {
    var heard = new CountDownLatch(1);
    try (var replica =
            FakeReplica.scripted((its, wire) -> {
              its.request(wire);
              wire.send(SWITCHED + "bye").endOutput();
              if (wire.rest().equals("and so on")) {
                heard.countDown();
              }
            });
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      assertThat(client.send(UPGRADE).head()).startsWith("HTTP/1.1 101 ");
      assertThat(client.rest()).isEqualTo("bye");
      client.send("and so on").endOutput();
      assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
