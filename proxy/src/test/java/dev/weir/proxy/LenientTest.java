package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.PolicySpec;
import dev.weir.proxy.config.HttpRules;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.config.ServiceSpec;
import dev.weir.proxy.route.RouteRule;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Responses of old programs: refused to begin with, taken with `--replica-lenient`, written as the
/// rules have them; and never what another client could suffer from.
@SuppressWarnings("StringConcatToTextBlock") // line ends are what is tested
class LenientTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

  /// How a response continues, and whether its connection may be used again.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "HTTP/1.1 200 OK~A: 1~Content-Length: 2~~hi | HTTP/1.1 200 OK^A: 1^Content-Length: 2^^hi | true",
        "HTTP/1.1 200 OK^A: 1~Content-Length: 2^^hi | HTTP/1.1 200 OK^A: 1^Content-Length: 2^^hi | false",
        "HTTP/1.1 200 OK^Content-Length: 2^~hi | HTTP/1.1 200 OK^Content-Length: 2^^hi | false",
        "HTTP/1.1 200 OK^Content-Length: 2^Content-Length: 02^^hi | HTTP/1.1 200 OK^Content-Length: 2^^hi | true",
        "HTTP/1.1 200 OK^Content-Length: 2, 2 ,2^A: 1^^hi | HTTP/1.1 200 OK^Content-Length: 2^A: 1^^hi | true",
        "HTTP/1.1 200 OK^Content-Length: 2^A: 1^Content-Length: 2,2^^hi | HTTP/1.1 200 OK^Content-Length: 2^A: 1^^hi | true",
        "HTTP/1.1 600 X^Content-Length: 2^^hi | HTTP/1.1 600 X^Content-Length: 2^^hi | true",
        "HTTP/1.1 999 X^Content-Length: 2^^hi | HTTP/1.1 999 X^Content-Length: 2^^hi | true",
        "HTTP/1.1   200 OK^Content-Length: 2^^hi | HTTP/1.1 200 OK^Content-Length: 2^^hi | true",
        "HTTP/2.0 200 OK^Content-Length: 2^^hi | HTTP/1.1 200 OK^Content-Length: 2^^hi | false",
        "HTTP/1.1 200 O\u0007K^Content-Length: 2^^hi | HTTP/1.1 200 O K^Content-Length: 2^^hi | true",
        "HTTP/1.1 200 OK^A: \u0007b\u007f^Content-Length: 2^^hi | HTTP/1.1 200 OK^A: b^Content-Length: 2^^hi | true",
        "HTTP/1.1 200 OK^A: b^ c^\td^Content-Length: 2^^hi | HTTP/1.1 200 OK^A: b   c  \td^Content-Length: 2^^hi | false",
        "HTTP/1.1 200 OK^A:^ c^Content-Length: 2^^hi | HTTP/1.1 200 OK^A: c^Content-Length: 2^^hi | false",
        "HTTP/1.1 200 OK^Connection: cl@se^Content-Length: 2^^hi | HTTP/1.1 200 OK^Content-Length: 2^^hi | false",
        "HTTP/1.1 200^Content-Length: 2^^hi | HTTP/1.1 200 ^Content-Length: 2^^hi | true",
      })
  void oddResponseIsWrittenAnew(String sent, String goesOn, boolean reused) throws IOException {
    String bytes = sent.replace("^", "\r\n").replace("~", "\n");
    var used = new AtomicInteger();
    FakeReplica.Script script =
        (replica, wire) -> {
          for (int i = 0; !replica.request(wire).isEmpty(); i++) {
            used.addAndGet(i == 0 ? 1 : 0);
            wire.send(bytes);
          }
        };
    try (var replica = FakeReplica.scripted(script);
        var proxy = lenient(replica);
        var client = Wire.to(proxy.address())) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.send(GET).response()).isEqualTo(goesOn.replace("^", "\r\n"));
      }
      assertThat(used).hasValue(reused ? 1 : 3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK~A: 1~Content-Length: 2~~hi",
        "HTTP/1.1 200 OK^Content-Length: 2^Content-Length: 2^^hi",
        "HTTP/1.1 600 X^Content-Length: 2^^hi",
        "HTTP/1.1  200 OK^Content-Length: 2^^hi",
        "HTTP/2.0 200 OK^Content-Length: 2^^hi",
        "HTTP/1.1 200 OK^A: b^ c^Content-Length: 2^^hi",
        "HTTP/1.1 200 OK^Connection: cl@se^Content-Length: 2^^hi"
      })
  void withoutTheSwitchItIsRefused(String sent) throws IOException {
    try (var replica = FakeReplica.responding(sent.replace("^", "\r\n").replace("~", "\n"));
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      assertThat(client.send(GET).rest()).startsWith("HTTP/1.1 502 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK^Content-Length: 2^Content-Length: 3^^hi!",
        "HTTP/1.1 200 OK^Content-Length: 2, 3^^hi!",
        "HTTP/1.1 200 OK^Content-Length: 2,^^hi",
        "HTTP/1.1 200 OK^Content-Length: +2^^hi",
        "HTTP/1.1 200 OK^Content-Length:^^hi",
        "HTTP/1.1 200 OK^Content-Length:^ 2^^hi",
        "HTTP/1.1 200 OK^Content-Length : 2^^hi",
        "HTTP/1.1 200 OK^Content_Length: 2^^hi",
        "HTTP/1.1 200 OK^Content-Length: 2\u0007^^hi",
        "HTTP/1.1 200 OK^Content-Length: 2^Transfer-Encoding: chunked^^2^hi^0^^",
        "HTTP/1.0 200 OK^Transfer-Encoding: chunked^^2^hi^0^^",
        "HTTP/1.1 200 OK^Transfer-Encoding: xchunked^^hi",
        "HTTP/1.1 200 OK^Transfer-Encoding: chunked^Transfer-Encoding: chunked^^2^hi^0^^",
        "HTTP/1.1 200 OK^A: b\rc^Content-Length: 2^^hi",
        "HTTP/1.1 200 OK^A: b\0c^Content-Length: 2^^hi",
        "HTTP/1.1 099 OK^Content-Length: 2^^hi",
        "HTTP/1.1 1000 OK^Content-Length: 2^^hi",
        "^^^HTTP/1.1 200 OK^Content-Length: 2^^hi",
        "HTTP/1.1 200 OK^ A: b^Content-Length: 2^^hi"
      })
  void whatCouldHarmOthersIsRefusedAllTheSame(String sent) throws IOException {
    try (var replica = FakeReplica.responding(sent.replace("^", "\r\n"));
        var proxy = lenient(replica);
        var client = Wire.to(proxy.address())) {
      assertThat(client.send(GET).rest()).startsWith("HTTP/1.1 502 ");
    }
  }

  @Test
  void blanksBehindTheSizesOfChunksAreDropped() throws IOException {
    String response =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2   \r\nhi\r\n2 ;x\r\n, \r\n0 \r\n\r\n";
    try (var replica = FakeReplica.responding(response);
        var lenient = lenient(replica);
        var strict = Proxies.before(replica);
        var client = Wire.to(lenient.address());
        var other = Wire.to(strict.address())) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.send(GET).head()).contains("chunked");
        assertThat(new String(client.exactly(19), StandardCharsets.US_ASCII))
            .isEqualTo("2\r\nhi\r\n2\r\n, \r\n0\r\n\r\n");
      }
      assertThatThrownBy(other.send(GET)::rest).isInstanceOf(SocketException.class); // cut off
    }
    for (String bad : List.of("2 2\r\nhi", " 2\r\nhi", "2\t\r\nhi", "2 \nhi")) {
      try (var replica =
              FakeReplica.responding(
                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + bad);
          var proxy = lenient(replica);
          var client = Wire.to(proxy.address())) {
        assertThatThrownBy(client.send(GET)::rest).isInstanceOf(SocketException.class);
      }
    }
  }

  @Test
  void chunksAreReadStrictlyAllTheSame() throws IOException {
    String response = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nhi\n0\n\n";
    try (var replica = FakeReplica.responding(response);
        var proxy = lenient(replica);
        var client = Wire.to(proxy.address())) {
      assertThatThrownBy(client.send(GET)::rest).isInstanceOf(SocketException.class); // cut off
    }
  }

  @Test
  void requestsAreReadStrictlyAllTheSame() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = lenient(replica);
        var client = Wire.to(proxy.address())) {
      assertThat(client.send("GET / HTTP/1.1\nHost: h\n\n").rest()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void oneServiceIsLenientAndTheOtherIsNot() throws IOException {
    String odd = "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi";
    try (var replica = FakeReplica.responding(odd);
        var proxy =
            ProxyServer.start(
                Proxies.settings(PolicySpec.WEIR),
                List.of(service("new", replica), service("old", replica).withLenient(true)))) {
      assertThat(ask(proxy, "old")).startsWith("HTTP/1.1 200 ");
      assertThat(ask(proxy, "new")).startsWith("HTTP/1.1 502 ");
      proxy.services(List.of(service("new", replica).withLenient(true), service("old", replica)));
      assertThat(ask(proxy, "new")).startsWith("HTTP/1.1 200 ");
      assertThat(ask(proxy, "old")).startsWith("HTTP/1.1 502 ");
    }
  }

  private static String ask(ProxyServer proxy, String host) throws IOException {
    try (var client = Wire.to(proxy.address())) {
      return client.send(GET.replace("Host: h", "Host: " + host + "\r\nConnection: close")).rest();
    }
  }

  private static ServiceSpec service(String name, FakeReplica replica) {
    return new ServiceSpec(
        name,
        List.of(new RouteRule(name, "/")),
        BalancerSettings.of(PolicySpec.WEIR),
        List.of(replica.spec("b")),
        true);
  }

  private static ProxyServer lenient(FakeReplica replica) {
    ProxySettings settings = Proxies.oneLoop(Proxies.settings(PolicySpec.WEIR, replica));
    return ProxyServer.start(
        settings.with(settings.options().with(HttpRules.DEFAULTS.withLenient(true))));
  }
}
