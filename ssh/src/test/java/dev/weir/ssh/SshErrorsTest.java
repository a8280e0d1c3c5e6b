package dev.weir.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.ssh.SshException.Kind;
import dev.weir.testing.Sshd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the user reads when a login fails, each produced by a real sshd.
final class SshErrorsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit injects it
  Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Sshd sshd;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Sshd.isThere(), Sshd.MISSING);
    sshd = Sshd.start(folder);
  }

  @AfterEach
  void stop() throws IOException {
    if (sshd != null) {
      sshd.close();
    }
  }

  private static SshException failure(SshLogin login) {
    return failure(login, LIMIT);
  }

  private static SshException failure(SshLogin login, Duration limit) {
    SshException failure =
        catchThrowableOfType(SshException.class, () -> SshSession.open(login, limit).close());
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).doesNotContain("\n").startsWith(login.address().toString());
    return failure;
  }

  private SshLogin to(String address) {
    return new SshLogin(
        SshAddress.parse(address, "host"), Optional.of(sshd.key()), Optional.of(sshd.knownHosts()));
  }

  private SshLogin with(Path key, Path knownHosts) {
    return new SshLogin(
        SshAddress.parse(sshd.address(), "host"), Optional.of(key), Optional.of(knownHosts));
  }

  @Test
  void aWrongKey(@TempDir Path other) throws IOException {
    try (var another = Sshd.start(other)) {
      SshException e = failure(with(another.key(), sshd.knownHosts()));
      assertThat(e.kind()).isEqualTo(Kind.DENIED);
      assertThat(e).hasMessageContaining("the key " + another.key() + " was not accepted");
      assertThat(e).hasMessageContaining("publickey").hasMessageContaining("authorized_keys");
    }
  }

  @Test
  void aKeyThatIsMissing() {
    SshException e = failure(with(folder.resolve("none"), sshd.knownHosts()));
    assertThat(e.kind()).isEqualTo(Kind.DENIED);
    assertThat(e).hasMessageContaining("none cannot be read");
  }

  @Test
  void aKeyOpenToOthers() throws IOException {
    Files.setPosixFilePermissions(sshd.key(), PosixFilePermissions.fromString("rw-r--r--"));
    SshException e = failure(to(sshd.address()));
    assertThat(e.kind()).isEqualTo(Kind.DENIED);
    assertThat(e).hasMessageContaining("chmod 600 " + sshd.key());
  }

  @Test
  void aFileThatIsNoKey() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "no key\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    SshException e = failure(with(file, sshd.knownHosts()));
    assertThat(e.kind()).isEqualTo(Kind.DENIED);
    assertThat(e).hasMessageContaining("text is not readable as a private key");
  }

  @Test
  void aChangedHostKey() throws IOException {
    String known = sshd.fingerprint();
    sshd.changeHostKey();
    SshException e = failure(to(sshd.address()));
    assertThat(e.kind()).isEqualTo(Kind.HOST_KEY_CHANGED);
    assertThat(e)
        .hasMessageContaining("known is " + known)
        .hasMessageContaining("shown was " + sshd.fingerprint())
        .hasMessageContaining(
            "ssh-keygen -f \"%s\" -R \"[127.0.0.1]:%d\"".formatted(sshd.knownHosts(), sshd.port()));
  }

  @Test
  void anUnknownHostKey() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    SshException e = failure(with(sshd.key(), empty));
    assertThat(e.kind()).isEqualTo(Kind.HOST_KEY_UNKNOWN);
    assertThat(e).hasMessageContaining("ssh-keyscan -p " + sshd.port() + " 127.0.0.1 >> " + empty);
  }

  @Test
  void nothingListens() throws IOException {
    sshd.close();
    SshException e = failure(to(sshd.address()));
    assertThat(e.kind()).isEqualTo(Kind.REFUSED);
    assertThat(e).hasMessageContaining("no SSH server listens there");
  }

  @Test
  void somethingElseListens() throws IOException {
    try (var other = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      var closes =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  other.accept().close();
                } catch (IOException _) {
                  // The test is over.
                }
              });
      SshException e = failure(to("127.0.0.1:" + other.getLocalPort()));
      assertThat(e.kind()).isEqualTo(Kind.REFUSED);
      assertThat(e).hasMessageContaining("closed before the login");
      closes.interrupt();
    }
  }

  @Test
  void aHostThatAcceptsAndSaysNothing() throws IOException {
    try (var silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      SshException e = failure(to("127.0.0.1:" + silent.getLocalPort()), Duration.ofSeconds(2));
      assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(e).hasMessageContaining("TCP port " + silent.getLocalPort());
    }
  }

  @Test
  void aNameThatIsNoHost() {
    SshException e = failure(to("no-such-host.invalid"));
    assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(e).hasMessageContaining("no such host");
  }
}
