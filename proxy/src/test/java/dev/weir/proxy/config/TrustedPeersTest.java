package dev.weir.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which addresses are trusted.
class TrustedPeersTest {
  @ParameterizedTest
  @CsvSource({
    "'10.0.0.0/8,::1', 10.255.0.1, true",
    "'10.0.0.0/8,::1', 11.0.0.1, false",
    "'10.0.0.0/8, ::1', ::1, true",
    "'10.0.0.0/8,::1', ::2, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "::ffff:192.0.2.0/120, 192.0.2.6, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "0.0.0.0/0, 1.2.3.4, true",
    "0.0.0.0/0, ::2, false",
    "::/0, 1.2.3.4, true",
    "::/64, 1.2.3.4, true"
  })
  void networksHold(String networks, String peer, boolean trusted) throws IOException {
    var address = new InetSocketAddress(InetAddress.getByName(peer), 1);
    assertThat(TrustedPeers.parse("--trust-forwarded", networks).contains(address))
        .isEqualTo(trusted);
    assertThat(TrustedPeers.EVERYBODY.contains(address)).isTrue();
    assertThat(TrustedPeers.NOBODY.contains(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "proxy",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0/8",
        "::1/129",
        "1,2",
        "10.0.0.1/8",
        "fe80::1%eth0",
        "10.0.0.0/8;::1"
      })
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> TrustedPeers.parse("--trust-forwarded", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--trust-forwarded: ");
  }
}
