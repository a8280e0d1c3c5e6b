package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.balance.PolicySpec;
import dev.weir.base.HostNames;
import dev.weir.proxy.config.HttpRules;
import dev.weir.proxy.config.ListenAddress;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.config.TrustedPeers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fields that say where a request came from: what clients claim there never arrives.
@SuppressWarnings("StringConcatToTextBlock") // line ends are what is tested
class ForwardedFieldsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Port",
        "X-Forwarded-Prefix",
        "X-Forwarded-Ssl",
        "X-Forwarded-Scheme",
        "X-Forwarded-Server",
        "X-Forwarded-Proto-Version",
        "X-Forwarded-Proto",
        "X-Forwarded-Protocol",
        "X-Forwarded-By",
        "X-Forwarded",
        "X-ForwardedFor",
        "Forwarded",
        "Forwarded-For",
        "X-Real-IP",
        "X-Real-Port",
        "True-Client-IP",
        "CF-Connecting-IP",
        "CF-Connecting-IPv6",
        "Fastly-Client-IP",
        "Fly-Client-IP",
        "X-Client-IP",
        "Client-IP",
        "X-Cluster-Client-IP",
        "WL-Proxy-Client-IP",
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Original-For",
        "Front-End-Https",
        "Client-Cert",
        "Client-Cert-Chain"
      })
  void fieldOfAnUntrustedClientIsDropped(String name) throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send(
          "GET / HTTP/1.1\r\nHost: h\r\n%s: evil\r\n%s: evil\r\n%s: evil\r\nX-Kept: 1\r\n\r\n"
              .formatted(
                  name, name.toLowerCase(Locale.ROOT).replace('-', '_'), name.replace('-', '.')));
      assertThat(client.response()).startsWith("HTTP/1.1 200 ");
      assertThat(replica.heads().getFirst())
          .doesNotContain("evil")
          .contains("\r\nX-Kept: 1\r\n", "\r\nX-Forwarded-For: 127.0.0.1\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Real-Estate", "X-Client-IPs", "Forwarder", "X-Forward", "Client-IPX"})
  void likeNamesGoOn(String name) throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = Proxies.before(replica);
        var client = Wire.to(proxy.address())) {
      client.send("GET / HTTP/1.1\r\nHost: h\r\n%s: 1\r\n\r\n".formatted(name));
      assertThat(client.response()).startsWith("HTTP/1.1 200 ");
      assertThat(replica.heads().getFirst()).contains("\r\n" + name + ": 1\r\n");
    }
  }

  @Test
  void trustedPeerCannotLoseFieldsByNamingThemInConnection() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy =
            ProxyServer.start(
                Proxies.settings(PolicySpec.WEIR, replica)
                    .with(new ProxySettings.Options(1, 10, true, false, null)));
        var client = Wire.to(proxy.address())) {
      client.send(
          "GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-Host: a\r\nX-Forwarded-Proto: https\r\n"
              + "X-Forwarded-For: 1.1.1.1\r\nX_Forwarded_For: evil\r\nX-Real-IP: 1.1.1.1\r\n"
              + "Connection: X-Forwarded-Host, X-Forwarded-Proto, X-Forwarded-For, X-Real-IP\r\n\r\n");
      assertThat(client.response()).startsWith("HTTP/1.1 200 ");
      assertThat(replica.heads().getFirst())
          .contains("\r\nX-Forwarded-Host: a\r\n", "\r\nX-Forwarded-Proto: https\r\n")
          .contains("\r\nX-Forwarded-For: 1.1.1.1, 127.0.0.1\r\n", "\r\nX-Real-IP: 1.1.1.1\r\n")
          .doesNotContain("evil");
    }
  }

  @Test
  void addressesOfIpVersion6AreShort() throws IOException {
    try (var replica = FakeReplica.named("a");
        var proxy = ProxyServer.start(everywhere(replica))) {
      assertThat(forwardedFor("::1", proxy, replica)).isEqualTo("::1");
      assertThat(forwardedFor("127.0.0.1", proxy, replica)).isEqualTo("127.0.0.1");
    }
  }

  private static ProxySettings everywhere(FakeReplica replica) {
    ProxySettings settings = Proxies.settings(PolicySpec.WEIR, replica);
    return new ProxySettings(
        new ListenAddress("", 0),
        null,
        HostNames.PRIVATE,
        settings.replicas(),
        settings.balancer(),
        settings.timeouts(),
        settings.options());
  }

  private static String forwardedFor(String to, ProxyServer proxy, FakeReplica replica)
      throws IOException {
    try (var client = new Wire(new Socket(InetAddress.getByName(to), proxy.address().getPort()))) {
      client.send("GET / HTTP/1.0\r\n\r\n").rest();
      return Wire.field(replica.heads().getLast(), "X-Forwarded-For");
    } catch (java.net.ConnectException e) {
      assumeThat(to).as("this machine has no IPv6: " + e.getMessage()).doesNotContain(":");
      throw e;
    }
  }

  @Test
  void onlyTrustedPeersAreBelieved() throws IOException {
    assertThat(forwarded("127.0.0.0/8")).isEqualTo("1.1.1.1, 127.0.0.1");
    assertThat(forwarded("10.0.0.0/8,::1")).isEqualTo("127.0.0.1");
  }

  private static String forwarded(String trusted) throws IOException {
    try (var replica = FakeReplica.named("a")) {
      ProxySettings settings = Proxies.settings(PolicySpec.WEIR, replica);
      HttpRules rules = HttpRules.DEFAULTS.with(TrustedPeers.parse("--trust-forwarded", trusted));
      try (var proxy = ProxyServer.start(settings.with(settings.options().with(rules)));
          var client = Wire.to(proxy.address())) {
        client.send("GET / HTTP/1.0\r\nX-Forwarded-For: 1.1.1.1\r\n\r\n").rest();
        return Wire.field(replica.heads().getFirst(), "X-Forwarded-For");
      }
    }
  }
}
