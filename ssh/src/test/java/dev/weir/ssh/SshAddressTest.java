package dev.weir.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.base.UserError;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses as users type them.
final class SshAddressTest {
  @Test
  void partsAreRead() {
    assertThat(SshAddress.parse("admin@10.0.0.4:2222", "--ssh"))
        .isEqualTo(new SshAddress(Optional.of("admin"), "10.0.0.4", OptionalInt.of(2222)));
    assertThat(SshAddress.parse(" box ", "--ssh"))
        .isEqualTo(new SshAddress(Optional.empty(), "box", OptionalInt.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin@box", "box:22", "me@[2001:db8::1]:22", "[fe80::1%eth0]", "a_b"})
  void textRoundTrips(String text) {
    assertThat(SshAddress.parse(text, "--ssh")).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-oProxyCommand=x",
        "a@-b",
        "-l@b",
        "box:0",
        "box:65536",
        "a b",
        "u:p@h",
        "2001:db8::1",
        "h;ls",
        "$(ls)",
        "@h",
        "h/path"
      })
  void othersAreRefused(String text) {
    assertThatThrownBy(() -> SshAddress.parse(text, "--ssh"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--ssh: " + text)
        .hasMessageContaining("[USER@]HOST[:PORT]");
  }
}
