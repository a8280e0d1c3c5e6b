package dev.weir.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.testing.RealTime;
import dev.weir.testing.Sshd;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands and sockets over a connection to a real sshd.
final class SshSessionTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit injects it
  static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Sshd sshd;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Sshd.isThere(), Sshd.MISSING);
    sshd = Sshd.start(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    if (sshd != null) {
      sshd.close();
    }
  }

  static SshLogin login(Sshd sshd) {
    return new SshLogin(
        SshAddress.parse(sshd.address(), "host"),
        Optional.of(sshd.key()),
        Optional.of(sshd.knownHosts()));
  }

  private static SshSession session() throws SshException {
    return SshSession.open(login(sshd), LIMIT);
  }

  @Test
  void commandsGiveTheirOutputAndExitCode() throws SshException {
    try (SshSession session = session()) {
      CommandOutput output = session.run("echo \"it's $((40 + 2))\"; echo oops >&2; exit 7", LIMIT);
      assertThat(output).isEqualTo(new CommandOutput(7, "it's 42\n", "oops\n"));
      assertThat(output.succeeded()).isFalse();
    }
  }

  @Test
  void theCodeOfTheClientsOwnFailuresIsAlsoACommands() throws SshException {
    try (SshSession session = session()) {
      assertThat(session.run("exit 255", LIMIT).exit()).isEqualTo(255);
      assertThat(session.isOpen()).isTrue();
    }
  }

  @Test
  void inputReachesTheCommandByteByByte() throws SshException {
    byte[] input = new byte[100_000];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) i;
    }
    try (SshSession session = session()) {
      assertThat(session.run("cat | wc -c", input, LIMIT).out().strip()).isEqualTo("100000");
      assertThat(session.run("cat", "s3cret".getBytes(StandardCharsets.UTF_8), LIMIT).out())
          .isEqualTo("s3cret");
      assertThat(session.run("cat", LIMIT).out()).isEmpty();
    }
  }

  @Test
  void longOutputIsCut() throws SshException {
    try (SshSession session = session()) {
      CommandOutput output = session.run("head -c 9000000 /dev/zero | tr '\\0' a", LIMIT);
      assertThat(output.exit()).isZero();
      assertThat(output.out()).hasSize(SshSession.OUTPUT_BYTES_MAX);
    }
  }

  @Test
  void aCommandThatHangsIsCutAndTheConnectionStays() throws SshException {
    try (SshSession session = session()) {
      assertThatThrownBy(() -> session.run("sleep 30", Duration.ofSeconds(1)))
          .isInstanceOfSatisfying(
              SshException.class, e -> assertThat(e.kind()).isEqualTo(SshException.Kind.TIMEOUT))
          .hasMessageContaining("no end within 1 s of: sleep 30");
      assertThat(session.run("echo on", LIMIT).out()).isEqualTo("on\n");
    }
  }

  @Test
  void manyCommandsAtOnceShareTheConnection() throws Exception {
    try (SshSession session = session();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> all =
          IntStream.range(0, 24)
              .mapToObj(i -> threads.submit(() -> session.run("echo " + i, LIMIT).out().strip()))
              .toList();
      for (int i = 0; i < all.size(); i++) {
        assertThat(all.get(i).get()).isEqualTo(Integer.toString(i));
      }
    }
  }

  @Test
  void ourEnvironmentStaysHere() throws SshException {
    try (SshSession session = session()) {
      String environment = session.run("env", LIMIT).out();
      assertThat(environment).contains("LC_ALL=C\n").contains("/usr/sbin");
      assertThat(environment).doesNotContain("SSH_AUTH_SOCK").doesNotContain("DISPLAY");
    }
  }

  @Test
  @SuppressWarnings("try") // the connection is closed early, which is the subject
  void aForwardedSocketLeadsToTheOtherMachine() throws Exception {
    Path remote = folder.resolve("echo.sock");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        SshSession session = session()) {
      server.bind(UnixDomainSocketAddress.of(remote));
      var echo = Thread.ofVirtual().start(() -> echoOnce(server));
      Path local = session.forward(remote.toString());
      assertThat(session.forward(remote.toString())).isEqualTo(local);
      try (var client = SocketChannel.open(UnixDomainSocketAddress.of(local))) {
        client.write(ByteBuffer.wrap(new byte[] {42}));
        var back = ByteBuffer.allocate(1);
        assertThat(client.read(back)).isOne();
        assertThat(back.get(0)).isEqualTo((byte) 42);
      }
      echo.join();
      assertThat(Files.getPosixFilePermissions(local.getParent()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      session.close();
      assertThat(local).doesNotExist();
      assertThat(local.getParent()).doesNotExist();
    }
  }

  private static void echoOnce(ServerSocketChannel server) {
    try (SocketChannel peer = server.accept()) {
      var bytes = ByteBuffer.allocate(1);
      peer.read(bytes);
      peer.write(bytes.flip());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void afterARestartOfTheServerTheConnectionIsLost(@TempDir Path own) throws Exception {
    try (var restarted = Sshd.start(own);
        SshSession session = SshSession.open(login(restarted), LIMIT)) {
      restarted.restart();
      assertThatThrownBy(() -> session.run("echo on", LIMIT))
          .isInstanceOfSatisfying(
              SshException.class, e -> assertThat(e.kind()).isEqualTo(SshException.Kind.LOST));
      assertThat(session.isOpen()).isFalse();
      try (SshSession again = SshSession.open(login(restarted), LIMIT)) {
        assertThat(again.run("echo on", LIMIT).out()).isEqualTo("on\n");
      }
    }
  }

  @Test
  @SuppressWarnings("try") // the connection is closed early, which is the subject
  void aServerThatFreezesHoldsNobodyUp(@TempDir Path own) throws Exception {
    try (var frozen = Sshd.start(own);
        SshSession session = SshSession.open(login(frozen), LIMIT)) {
      frozen.freeze();
      long startNanos = System.nanoTime();
      assertThatThrownBy(() -> session.run("echo on", Duration.ofSeconds(2)))
          .isInstanceOf(SshException.class);
      session.close();
      assertThatThrownBy(() -> SshSession.open(login(frozen), Duration.ofSeconds(2)))
          .isInstanceOfSatisfying(
              SshException.class, e -> assertThat(e.kind()).isEqualTo(SshException.Kind.TIMEOUT));
      assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
          .isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void interactiveCommandsReturnTheirCode() throws SshException {
    try (SshSession session = session()) {
      assertThat(session.interactive(List.of("exit 3"))).isEqualTo(3);
      assertThat(session.interactive(List.of("test", "a b", "=", "a b"))).isZero();
    }
  }

  @Test
  void theProcessesOfAConnectionEndWithIt() throws Exception {
    SshSession session = session();
    List<ProcessHandle> children =
        ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).toList();
    session.close();
    long untilNanos = System.nanoTime() + LIMIT.toNanos();
    while (children.stream()
            .filter(child -> child.info().command().orElse("").endsWith("/ssh"))
            .anyMatch(ProcessHandle::isAlive)
        && System.nanoTime() < untilNanos) {
      RealTime.pass(Duration.ofMillis(20));
    }
    assertThat(session.isOpen()).isFalse();
  }
}
