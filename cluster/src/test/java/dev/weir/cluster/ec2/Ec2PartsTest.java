package dev.weir.cluster.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.base.Problems;
import dev.weir.base.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings, addresses, host keys and prices, without a cloud.
class Ec2PartsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit injects it
  private Path home;

  @Test
  void allProblemsOfSettingsAtOnce() {
    assertThatThrownBy(() ->
            new Ec2Settings(
                "Demo_1",
                2,
                101,
                "small",
                4,
                Optional.of("ubuntu"),
                Optional.of("vpc-1"),
                Optional.empty(),
                Optional.of("0.0.0.0/0")))
        .isInstanceOf(UserError.class)
        .hasMessageContainingAll(
            "--name: Demo_1",
            "--managers: 2",
            "--workers: 101",
            "--type: small",
            "--disk: 4",
            "--ami: ubuntu",
            "--vpc: vpc-1",
            "--operator-cidr: 0.0.0.0/0");
  }

  @Test
  void operatorsAddressIsARange() {
    assertThat(cidr("203.0.113.7")).isEqualTo("203.0.113.7/32");
    assertThat(cidr("203.0.113.7/24")).isEqualTo("203.0.113.0/24");
    assertThat(cidr("255.255.255.255/8")).isEqualTo("255.0.0.0/8");
    for (String wrong :
        List.of("", "203.0.113", "203.0.113.256", "::1", "1.2.3.4/7", "1.2.3.4/33", "host")) {
      var problems = new Problems();
      Cidr.parse(wrong, problems);
      assertThat(problems.all()).as(wrong).hasSize(1);
    }
  }

  private static String cidr(String typed) {
    return Cidr.parse(typed, new Problems());
  }

  @Test
  void hostKeysAreReadFromTheLastWholeBlock() {
    String block =
        """
        ci-info: no authorized SSH keys fingerprints found for user ec2-user.
        <14>Nov 28 11:00:00 cloud-init: -----BEGIN SSH HOST KEY FINGERPRINTS-----
        <14>Nov 28 11:00:00 cloud-init: 256 SHA256:abc root@ip (ED25519)
        -----BEGIN SSH HOST KEY KEYS-----
        ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTI= root@ip-10-0-0-1
        [   12.345678] cloud-init[1290]: ssh-ed25519 AAAAC3NzaC1lZDI1 root@ip-10-0-0-1
        -----END SSH HOST KEY KEYS-----
        """;
    assertThat(ConsoleKeys.parsed(block))
        .containsExactly(
            "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTI=", "ssh-ed25519 AAAAC3NzaC1lZDI1");
    assertThat(ConsoleKeys.parsed(block.replace("-----END SSH", "-----E"))).isEmpty();
    assertThat(ConsoleKeys.parsed("")).isEmpty();
    assertThat(ConsoleKeys.parsed(block + block.replace("lZDI1 ", "other ").substring(300)))
        .isNotEmpty();
  }

  @Test
  void pinnedKeysFollowTheMachine() throws Exception {
    Path file = home.resolve("known_hosts");
    var pinned = new PinnedKeys(file);
    assertThat(pinned.has("i-1", "203.0.113.1")).isFalse();
    pinned.pin("i-1", "203.0.113.1", List.of("ssh-ed25519 AAAA1"));
    pinned.pin("i-2", "203.0.113.2", List.of("ssh-ed25519 AAAA2"));
    assertThat(pinned.has("i-1", "203.0.113.1")).isTrue();
    // Both were stopped and started, and one has the other's address now.
    assertThat(pinned.has("i-1", "203.0.113.2")).isTrue();
    assertThat(Files.readAllLines(file)).containsExactly("203.0.113.2 ssh-ed25519 AAAA1 i-1");
  }

  @Test
  void pricesAreKnownOrNot() {
    var list = new Prices(OptionalDouble.empty());
    assertThat(list.text(List.of("t3.small", "t3.small"), 40))
        .startsWith("about $0.056 an hour (list prices of us-east-1, unchecked");
    assertThat(list.text(List.of("x9.huge"), 40)).startsWith("not known for x9.huge; see https://");
    assertThat(list.text(List.of(), 0)).isEqualTo("nothing");
    assertThat(new Prices(OptionalDouble.of(0.5)).text(List.of("x9.huge"), 0))
        .startsWith("about $0.505 an hour at --price");
    assertThatThrownBy(() -> new Prices(OptionalDouble.of(-1)))
        .hasMessageContaining("--price: -1.0");
  }
}
