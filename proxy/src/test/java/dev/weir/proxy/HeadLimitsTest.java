package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.balance.PolicySpec;
import dev.weir.proxy.config.HttpRules;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.http.HeadLimits;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How large heads may be is a setting: of requests and of responses alike.
class HeadLimitsTest {
  private static final HeadLimits LARGE = new HeadLimits(200_000, 1000, 400_000);
  private static final HeadLimits SMALL = new HeadLimits(1024, 16, 2048);

  @ParameterizedTest
  @CsvSource({
    "30000, 0, 200, 414, 414", // the length of the target, and what each setting makes of it
    "1, 30000, 200, 431, 431",
    "1, 500, 200, 200, 200",
    "1, 0, 200, 200, 200"
  })
  void requests(int target, int value, int large, int small, int usual) throws IOException {
    String request =
        "GET /%s HTTP/1.1\r\nHost: h\r\nX: %s\r\nConnection: close\r\n\r\n"
            .formatted("t".repeat(target), "v".repeat(value));
    assertThat(statusOf(request, "", LARGE)).isEqualTo(large);
    assertThat(statusOf(request, "", SMALL)).isEqualTo(small);
    assertThat(statusOf(request, "", HeadLimits.DEFAULTS)).isEqualTo(usual);
  }

  @ParameterizedTest
  @CsvSource({"300, 200, 431, 431", "100, 200, 431, 200", "12, 200, 200, 200"})
  void fieldsOfRequestsAndResponses(int fields, int large, int small, int usual)
      throws IOException {
    String request = "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n";
    String many = request + "X: y\r\n".repeat(fields) + "\r\n";
    assertThat(statusOf(many, "", LARGE)).isEqualTo(large);
    assertThat(statusOf(many, "", SMALL)).isEqualTo(small);
    assertThat(statusOf(many, "", HeadLimits.DEFAULTS)).isEqualTo(usual);
    String response = "X: y\r\n".repeat(fields);
    assertThat(statusOf(request + "\r\n", response, LARGE)).isEqualTo(large);
    assertThat(statusOf(request + "\r\n", response, SMALL)).isEqualTo(small == 200 ? 200 : 502);
    assertThat(statusOf(request + "\r\n", response, HeadLimits.DEFAULTS))
        .isEqualTo(usual == 200 ? 200 : 502);
  }

  @ParameterizedTest
  @CsvSource({
    "1023, 128, 65536, --head-line-max: 1023 (expected: 1024 to 1048576 bytes)",
    "16384, 15, 65536, --head-fields-max: 15 (expected: 16 to 10000)",
    "16384, 128, 9999999, --head-max: 9999999 (expected: 1024 to 4194304 bytes)",
    "16384, 128, 8192, '--head-max: 8192 (expected: at least --head-line-max, which is 16384)'"
  })
  void boundsOfTheSettings(int line, int fields, int head, String message) {
    assertThatThrownBy(() -> new HeadLimits(line, fields, head)).hasMessageContaining(message);
  }

  private static int statusOf(String request, String fields, HeadLimits limits) throws IOException {
    String response = "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 0\r\n\r\n";
    try (var replica = FakeReplica.responding(response)) {
      ProxySettings settings = Proxies.settings(PolicySpec.WEIR, replica);
      settings = settings.with(settings.options().with(HttpRules.DEFAULTS.with(limits)));
      try (var proxy = ProxyServer.start(settings);
          var client = Wire.to(proxy.address())) {
        return Integer.parseInt(client.send(request).rest().substring(9, 12));
      }
    }
  }
}
