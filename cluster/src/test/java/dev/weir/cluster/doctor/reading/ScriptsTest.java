package dev.weir.cluster.doctor.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cluster.doctor.fact.HostFacts;
import dev.weir.ssh.CommandOutput;
import dev.weir.ssh.SshAddress;
import dev.weir.ssh.SshException;
import dev.weir.ssh.SshLogin;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scripts for nodes, run by this machine's own shell.
class ScriptsTest {
  @TempDir private Path folder;

  /// Whatever this machine has, the script ends, and says what it could not read.
  @Test
  void aReportOfThisMachine() throws Exception {
    var target =
        new HostTarget(
            "here", SshLogin.of(SshAddress.parse("localhost", "host")), Optional.empty());
    HostFacts facts = HostReading.of(target, this::run);
    assertThat(facts.failure()).isEmpty();
    assertThat(facts.report()).isPresent();
    assertThat(facts.clock().orElseThrow().ahead().abs()).isLessThan(Duration.ofSeconds(2));
    assertThat(facts.report().orElseThrow().ipvs()).isPresent();
    assertThat(folder)
        .isDirectoryNotContaining(file -> !file.getFileName().toString().startsWith("run"));
  }

  @Test
  void connections() throws Exception {
    int refused;
    try (var closed = new ServerSocket()) {
      closed.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      refused = closed.getLocalPort();
    }
    try (var open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String input = "127.0.0.1 %d\n127.0.0.1 %d\n".formatted(open.getLocalPort(), refused);
      CommandOutput said = run(sh(Scripts.CONNECT), bytes(input), Duration.ofSeconds(20));
      assertThat(said.out().lines())
          .containsExactlyInAnyOrder(
              "127.0.0.1 %d open".formatted(open.getLocalPort()),
              "127.0.0.1 %d refused".formatted(refused));
    }
  }

  @Test
  void bursts() throws Exception {
    try (var receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      receiver.setSoTimeout(5000);
      String input = "127.0.0.1 %d 20\n".formatted(receiver.getLocalPort());
      CommandOutput said = run(sh(Scripts.BURST), bytes(input), Duration.ofSeconds(20));
      assertThat(said.exit()).isZero();
      for (int i = 0; i < 20; i++) {
        var packet = new DatagramPacket(new byte[8], 8);
        receiver.receive(packet);
        assertThat(packet.getLength()).isOne();
      }
    }
  }

  private static String sh(String script) {
    return "sh -c " + TcpProbing.quoted(script);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// What a session does, without a network.
  private CommandOutput run(String line, byte[] input, Duration limit) throws SshException {
    try {
      Path in = Files.write(Files.createTempFile(folder, "run", ".in"), input);
      Path out = Files.createTempFile(folder, "run", ".out");
      Process process =
          new ProcessBuilder("sh", "-c", line)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(limit.toMillis() + 40_000, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new SshException(SshException.Kind.TIMEOUT, line);
      }
      return new CommandOutput(process.exitValue(), Files.readString(out), "");
    } catch (IOException e) {
      throw new SshException(SshException.Kind.LOST, String.valueOf(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SshException(SshException.Kind.LOST, String.valueOf(e));
    }
  }
}
