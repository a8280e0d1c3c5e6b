package dev.weir.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.testing.Sshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys of hosts, scanned and pinned.
final class HostKeysTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String KEY =
      "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit injects it
  Path folder;

  @Test
  void scannedKeysHaveTheHostsOwnFingerprintAndOpenConnectionsOncePinned() throws Exception {
    assumeTrue(Sshd.isThere(), Sshd.MISSING);
    try (var sshd = Sshd.start(folder)) {
      SshAddress address = SshAddress.parse(sshd.address(), "host");
      List<HostKey> keys = HostKeys.scan(address, LIMIT);
      assertThat(keys).hasSize(1);
      assertThat(keys.getFirst().fingerprint()).isEqualTo(sshd.fingerprint());
      Path own = folder.resolve("own");
      HostKeys.pin(own, keys);
      HostKeys.pin(own, keys);
      assertThat(Files.readAllLines(own)).hasSize(1);
      assertThat(Files.getPosixFilePermissions(own))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(HostKeys.known(own, address)).isEqualTo(keys);
      var login =
          new SshLogin(address, java.util.Optional.of(sshd.key()), java.util.Optional.of(own));
      SshSession.open(login, LIMIT).close();
      HostKeys.forget(own, address);
      assertThat(HostKeys.known(own, address)).isEmpty();
    }
  }

  @Test
  void aHostThatDoesNotListenIsNamed() throws IOException {
    assumeTrue(Sshd.isThere(), Sshd.MISSING);
    var sshd = Sshd.start(folder);
    sshd.close();
    SshAddress address = SshAddress.parse(sshd.address(), "host");
    assertThatThrownBy(() -> HostKeys.scan(address, LIMIT))
        .isInstanceOf(SshException.class)
        .hasMessageStartingWith(address.toString());
  }

  @Test
  void onlyLinesOfTheHostAreForgotten() throws IOException {
    Path file = folder.resolve("known_hosts");
    Files.writeString(
        file,
        """
        # mine
        10.0.0.4,demo ssh-ed25519 %1$s
        [10.0.0.4]:2222 ssh-ed25519 %1$s
        @revoked 10.0.0.4 ssh-ed25519 %1$s
        """
            .formatted(KEY));
    HostKeys.forget(file, SshAddress.parse("admin@10.0.0.4", "host"));
    assertThat(Files.readAllLines(file)).hasSize(3).noneMatch(line -> line.startsWith("10.0.0.4,"));
    assertThat(HostKeys.known(file, SshAddress.parse("10.0.0.4:2222", "host")))
        .extracting(HostKey::fingerprint)
        .containsExactly("SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU");
  }

  @Test
  void aHashedNameIsFound() {
    String line = "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-ed25519 " + KEY;
    assertThat(KnownHosts.isOf(line, "192.168.1.61")).isTrue();
    assertThat(KnownHosts.isOf(line, "192.168.1.62")).isFalse();
  }

  @Test
  void withoutAFileNothingIsKnown() {
    SshAddress address = SshAddress.parse("h", "host");
    assertThat(HostKeys.known(folder.resolve("none"), address)).isEmpty();
    HostKeys.forget(folder.resolve("none"), address);
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
