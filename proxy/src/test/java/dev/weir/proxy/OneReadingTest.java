package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ambiguous messages are written again in one form, or refused; nothing else is forwarded.
@SuppressWarnings("StringConcatToTextBlock") // line ends are what is tested
class OneReadingTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nHost: h\r\n";

  @ParameterizedTest
  @CsvSource({"010, 10", "0000000000000005, 5", "00, 0", "000000000000000000, 0", "0, 0", "10, 10"})
  void lengthOfARequestIsWrittenAnew(String sent, int meant) throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      String body = "x".repeat(meant);
      client.send(POST + "content-length: " + sent + "\r\n\r\n" + body);
      assertThat(client.response()).startsWith("HTTP/1.1 200 ");
      assertThat(replica.heads().getFirst()).contains("\r\ncontent-length: " + meant + "\r\n");
      assertThat(replica.bodies()).containsExactly(body);
    }
  }

  @ParameterizedTest
  @CsvSource({"010, 10", "0000000000000005, 5", "00, 0", "7, 7"})
  void lengthOfAResponseIsWrittenAnew(String sent, int meant) throws IOException {
    String response = "HTTP/1.1 200 OK\r\nContent-Length: " + sent + "\r\n\r\n" + "y".repeat(meant);
    try (var replica = FakeReplica.responding(response);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      assertThat(client.send(GET).response())
          .contains("\r\nContent-Length: " + meant + "\r\n")
          .endsWith("\r\n\r\n" + "y".repeat(meant));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'0005^hello^000^^', '5^hello^0^^'",
    "'00^^', '0^^'",
    "'0A;x=y^0123456789^0;z^T: 1^^', 'A^0123456789^0^^'",
    "'1^x^0000000000000002^yz^0^^', '1^x^2^yz^0^^'"
  })
  void chunksAreFramedAnew(String sent, String meant) throws IOException {
    var got = new ArrayList<String>();
    int length = meant.replace("^", "\r\n").length();
    FakeReplica.Script script =
        (replica, wire) -> {
          if (!wire.head().isEmpty()) {
            got.add(new String(wire.exactly(length), StandardCharsets.ISO_8859_1));
            wire.send(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + sent.replace("^", "\r\n"));
            wire.head();
          }
        };
    try (var replica = FakeReplica.scripted(script);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + sent.replace("^", "\r\n"));
      assertThat(client.head()).contains("\r\nTransfer-Encoding: chunked\r\n");
      assertThat(new String(client.exactly(length), StandardCharsets.ISO_8859_1))
          .isEqualTo(meant.replace("^", "\r\n"));
      assertThat(got).containsExactly(meant.replace("^", "\r\n"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80000000^", // a signed reader of 32 bits has it negative
        "100000005^hello^0^^", // one of 32 bits has it 5
        "00000000000000005^hello^0^^" // one with room for 16 digits has it 0
      })
  void chunkSizesThatSomeCannotHoldAreRefused(String chunks) throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks.replace("^", "\r\n"));
      assertThat(client.rest()).startsWith("HTTP/1.1 400 ");
      assertThat(replica.bodies()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1^Host: h:080^^",
        "GET / HTTP/1.1^Host: [::1]:00^^",
        "GET http://h:0080/ HTTP/1.1^Host: h:0080^^",
        "GET / HTTP/1.1^Host: h^X: a\u0007b^^",
        "GET / HTTP/1.1^Host: h^X: a\u007fb^^",
        "GET / HTTP/1.1^Host: h^X: \u001b[31m^^",
        "GET / HTTP/1.1^Host: h^Content-Type: a\u0001^^"
      })
  void requestIsRefused(String request) throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      assertThat(client.send(request.replace("^", "\r\n")).rest()).startsWith("HTTP/1.1 400 ");
      assertThat(replica.heads()).isEmpty();
    }
  }

  @Test
  void tabsInValuesAreKept() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send("GET / HTTP/1.1\r\nHost: h\r\nX: \t a\tb \t\r\n\r\n");
      assertThat(client.response()).startsWith("HTTP/1.1 200 ");
      assertThat(replica.heads().getFirst()).contains("\r\nX: a\tb\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK^X: a\u0007b^Content-Length: 0^^",
        "HTTP/1.1 200 O\u0007K^Content-Length: 0^^",
        "HTTP/1.1 200 OK^Content-Length: 1^Content-Length: 1^^x",
        "HTTP/1.1 200 OK^Content-Length: 1, 1^^x",
        "HTTP/1.1 200 OK^Content-Length: 1^Transfer-Encoding: chunked^^1^x^0^^",
        "HTTP/1.1 200 OK^Transfer-Encoding: gzip^^",
        "HTTP/1.1 600 OK^Content-Length: 0^^",
        "HTTP/1.1 0200 OK^Content-Length: 0^^",
        "HTTP/1.1 200OK^Content-Length: 0^^"
      })
  void responseIsRefused(String response) throws IOException {
    try (var replica = FakeReplica.responding(response.replace("^", "\r\n"));
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      assertThat(client.send(GET).rest()).startsWith("HTTP/1.1 502 ");
    }
  }

  @Test
  void upgradeRequiredKeepsBothFields() throws IOException {
    String response =
        "HTTP/1.1 426 Upgrade Required\r\nUpgrade: x/1\r\nConnection: upgrade\r\n"
            + "Content-Length: 0\r\n\r\n";
    try (var replica = FakeReplica.responding(response);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      String head = client.send(GET).head();
      assertThat(head).contains("\r\nUpgrade: x/1\r\n", "\r\nConnection: Upgrade\r\n");
      assertThat(client.send(GET).head()).isEqualTo(head); // the connection is kept
    }
  }

  @Test
  void upgradeIsAskedForBesideOtherOptions() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send(
          "GET / HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Upgrade, X-Mine\r\nX-Mine: 1\r\n"
              + "Upgrade: websocket\r\n\r\n");
      assertThat(client.response()).startsWith("HTTP/1.1 200 ");
      assertThat(replica.heads().getFirst())
          .contains("\r\nUpgrade: websocket\r\n", "\r\nConnection: Upgrade\r\n")
          .doesNotContain("X-Mine");
    }
  }

  @Test
  void offerToUpgradeIsDroppedWhole() throws IOException {
    String response =
        "HTTP/1.1 200 OK\r\nUpgrade: h2,h2c\r\nConnection: Upgrade, Keep-Alive\r\n"
            + "Content-Length: 0\r\n\r\n";
    try (var replica = FakeReplica.responding(response);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      assertThat(client.send(GET).head()).doesNotContain("Upgrade", "Connection");
    }
  }

  @Test
  void manyInterimResponsesPass() throws IOException {
    String interim = "HTTP/1.1 102 Processing\r\n\r\n";
    try (var replica = FakeReplica.responding(interim.repeat(1000) + FakeReplica.ok("end"));
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send(GET);
      for (int i = 0; i < 1000; i++) {
        assertThat(client.head()).isEqualTo(interim);
      }
      assertThat(client.response()).endsWith("\r\n\r\nend");
      assertThat(proxy.status().replicas().getFirst().failed()).isZero();
    }
  }

  @Test
  void endlessInterimResponsesAreBoundedByBytes() throws IOException {
    String interim = "HTTP/1.1 103 Early Hints\r\nX: " + "x".repeat(10_000) + "\r\n\r\n";
    FakeReplica.Script script =
        (replica, wire) -> {
          if (!replica.request(wire).isEmpty()) {
            for (int i = 0; i < 3000; i++) { // 30 MB at once
              wire.send(interim);
            }
          }
        };
    try (var replica = FakeReplica.scripted(script);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      String all = client.send("GET / HTTP/1.0\r\n\r\n").rest();
      assertThat(all).startsWith("HTTP/1.1 502 ");
    }
  }

  @Test
  void notModifiedWithChunksIsNotTrustedWithTheNextRequest() throws IOException {
    List<Integer> asked = new ArrayList<>();
    FakeReplica.Script script =
        (replica, wire) -> {
          for (int i = 0; !replica.request(wire).isEmpty(); i++) {
            asked.add(i);
            wire.send("HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n");
          }
        };
    try (var replica = FakeReplica.scripted(script);
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.send(GET).head()).startsWith("HTTP/1.1 304 ");
      }
      assertThat(asked).containsExactly(0, 0, 0);
    }
  }
}
