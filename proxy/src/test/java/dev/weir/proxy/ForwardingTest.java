package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.PolicySpec;
import dev.weir.proxy.config.ProxySettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What goes through, and how it is changed on its way.
@SuppressWarnings("StringConcatToTextBlock") // line ends are what is tested
class ForwardingTest {
  private static final String GET = "GET /a?b=c HTTP/1.1\r\nHost: example.org\r\n\r\n";

  private static String target(String head) {
    int start = head.indexOf(' ') + 1;
    return head.substring(start, head.indexOf(' ', start));
  }

  @Test
  void requestGoesOnWithForwardingFieldsAndWithoutHopByHopOnes() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send(
          """
          GET http://example.org:81/x HTTP/1.1\r
          Host: Example.org:81\r
          Connection: close, X-Private\r
          X-Private: 1\r
          X-Kept:   2 \t\r
          Keep-Alive: 5\r
          TE: trailers\r
          Proxy-Connection: x\r
          Upgrade: h2c\r
          Proxy: evil\r
          X-Forwarded-For: 9.9.9.9\r
          Forwarded: for=9.9.9.9\r
          \r
          """);
      String response = client.rest();
      assertThat(response).startsWith("HTTP/1.1 200 OK\r\n").contains("Connection: close\r\n");
      assertThat(response).endsWith("\r\n\r\na");
      assertThat(replica.heads())
          .containsExactly(
              """
              GET /x HTTP/1.1\r
              Host: Example.org:81\r
              X-Kept: 2\r
              X-Forwarded-For: 127.0.0.1\r
              X-Forwarded-Proto: http\r
              X-Forwarded-Host: Example.org:81\r
              \r
              """);
    }
  }

  @Test
  void trustedForwardedFieldsAreKeptAndAddedTo() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy =
            ProxyServer.start(
                Proxies.settings(PolicySpec.WEIR, replica)
                    .with(new ProxySettings.Options(1, 10, true, true, null)));
        var client = Wire.to(proxy.address())) {
      client.send(
          """
          GET / HTTP/1.1\r
          Host: h\r
          X-Forwarded-For: 1.1.1.1\r
          X-Forwarded-Proto: https\r
          X-Forwarded-For: 2.2.2.2\r
          \r
          """);
      assertThat(client.response()).contains("X-Served-By: b0\r\n");
      assertThat(replica.heads().getFirst())
          .contains("X-Forwarded-For: 1.1.1.1, 2.2.2.2, 127.0.0.1\r\n")
          .contains("X-Forwarded-Proto: https\r\n")
          .doesNotContain("Proto: http\r\n");
    }
  }

  @Test
  void connectionsAreKeptOnBothSides() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      for (int i = 0; i < 50; i++) {
        assertThat(client.send(GET).response()).endsWith("a");
      }
      assertThat(replica.heads()).hasSize(50);
      assertThat(replica.connections()).isLessThanOrEqualTo(2); // one is the first probe's
    }
  }

  @Test
  void pipelinedRequestsAreRespondedInOrder() throws IOException {
    FakeReplica.Script echo =
        (replica, wire) -> {
          for (String head = replica.request(wire); !head.isEmpty(); head = replica.request(wire)) {
            wire.send(FakeReplica.ok(target(head)));
          }
        };
    try (var replica = FakeReplica.scripted(echo);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      var all = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        all.append("GET /%d HTTP/1.1\r\nHost: h\r\n\r\n".formatted(i));
        all.append("POST /p%d HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody".formatted(i));
      }
      client.send(all.toString());
      for (int i = 0; i < 200; i++) {
        assertThat(client.response()).endsWith("\r\n\r\n/" + i);
        assertThat(client.response()).endsWith("\r\n\r\n/p" + i);
      }
    }
  }

  @Test
  void chunksPassWithoutExtensionsAndTrailers() throws IOException {
    String chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n"
            + "5;a=b\r\nhello\r\n6\r\n world\r\n0\r\nX-T: 1\r\nX-U: 2\r\n\r\n";
    try (var replica = FakeReplica.responding(chunked);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      String post = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n";
      client.send(post + "3;x\r\nabc\r\n0\r\nEvil: 1\r\n\r\n" + GET);
      assertThat(client.response()).doesNotContain("Trailer").endsWith("hello world");
      assertThat(client.response()).endsWith("hello world");
      assertThat(replica.bodies()).containsExactly("abc", "");
      assertThat(replica.heads().getFirst()).contains("Transfer-Encoding: chunked\r\n");
    }
  }

  @Test
  void oldClientsGetNoChunks() throws IOException {
    String chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n";
    try (var replica = FakeReplica.responding(chunked);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      String response = client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").rest();
      assertThat(response).contains("Connection: close\r\n").endsWith("\r\n\r\nhello!");
      assertThat(response).doesNotContain("chunked");
      assertThat(replica.heads().getFirst()).contains("HTTP/1.1\r\nHost: 127.0.0.1:");
    }
  }

  @Test
  void bodilessResponsesEndWithTheirHead() throws IOException {
    FakeReplica.Script script =
        (replica, wire) -> {
          for (String head = replica.request(wire); !head.isEmpty(); head = replica.request(wire)) {
            wire.send(
                head.startsWith("HEAD")
                    ? "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                    : "HTTP/1.1 " + target(head).substring(1) + " X\r\nETag: e\r\n\r\n");
          }
        };
    try (var replica = FakeReplica.scripted(script);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      for (int round = 0; round < 3; round++) {
        client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(client.head()).contains("Content-Length: 1000");
        client.send("GET /204 HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 204 X\r\n");
        client.send("GET /304 HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 304 X\r\n");
      }
      assertThat(replica.connections()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void responseThatEndsWithItsConnectionIsPassedOnWhole() throws IOException {
    FakeReplica.Script script =
        (replica, wire) -> {
          if (!replica.request(wire).isEmpty()) {
            wire.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
          }
        };
    try (var replica = FakeReplica.scripted(script);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      String response = client.send(GET).rest();
      assertThat(response).contains("Connection: close\r\n").endsWith("\r\n\r\nuntil the end");
    }
  }

  @Test
  void clientWaitsForContinueEndToEnd() throws IOException {
    FakeReplica.Script script =
        (replica, wire) -> {
          String head = wire.head();
          if (head.isEmpty()) {
            return;
          }
          wire.send("HTTP/1.1 100 Continue\r\n\r\n");
          wire.send(FakeReplica.ok(new String(wire.body(head), StandardCharsets.US_ASCII)));
        };
    try (var replica = FakeReplica.scripted(script);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send(
          "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
      assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(client.send("body").response()).endsWith("\r\n\r\nbody");
    }
  }

  @Test
  void upgradeBecomesATunnelAndFreesItsSlot() throws IOException {
    FakeReplica.Script script =
        (replica, wire) -> {
          String head = wire.head();
          if (head.contains("Connection: Upgrade\r\n") && head.contains("Upgrade: websocket\r\n")) {
            wire.send(
                "HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\nhi");
            wire.send(wire.exactly(100_000));
          }
        };
    try (var replica = FakeReplica.scripted(script);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
      assertThat(client.head())
          .startsWith("HTTP/1.1 101 Switching\r\n")
          .contains("Upgrade: websocket\r\n", "Connection: Upgrade\r\n");
      assertThat(client.exactly(2)).asString().isEqualTo("hi");
      assertThat(proxy.status().inFlight()).isZero();
      var sent = new byte[100_000];
      new Random(7).nextBytes(sent);
      client.send(sent);
      assertThat(client.exactly(sent.length)).isEqualTo(sent);
      assertThat(client.rest()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(PolicySpec.class)
  void everyPolicyUsesEveryReplica(PolicySpec policy) throws IOException {
    try (var a = FakeReplica.named("a");
        var b = FakeReplica.named("b");
        var proxy = ProxyServer.start(Proxies.settings(policy, a, b));
        var client = Wire.to(proxy.address())) {
      Set<String> served = new HashSet<>();
      for (int i = 0; i < 2000 && served.size() < 2; i++) {
        String response = client.send(GET).response();
        served.add(response.substring(response.length() - 1));
      }
      assertThat(proxy.status().policy()).isEqualTo(policy.label());
      assertThat(served).containsExactlyInAnyOrder("a", "b");
    }
  }
}
