package dev.weir.cluster.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.cluster.host.Probe.Listening;
import dev.weir.cluster.host.Probe.Sent;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The programs themselves, in both languages, each against each.
final class ProbeTest {
  @Test
  void bothLanguagesListenAndSend() throws Exception {
    List<Probe> probes = probes();
    for (Probe listener : probes) {
      String tcp = "tcp:" + freeTcp();
      String udp = "udp:" + freeUdp();
      Listening open = Probe.listening(run(listener, "listen", "20", tcp + "," + udp));
      try {
        assertThat(open.open()).containsExactly(tcp, udp);
        assertThat(Probe.listening(run(listener, "listen", "1", tcp)).busy()).containsExactly(tcp);
        for (Probe sender : probes) {
          String shut = "tcp:" + freeTcp();
          String targets = String.join(",", tcp, udp, shut);
          List<Sent> sent = Probe.sent(run(sender, "send", "3", "20,9000", "127.0.0.1", targets));
          assertThat(sent).hasSize(6);
          assertThat(sent)
              .allMatch(one -> one.isOk() == !one.target().equals(shut), sender.command());
        }
      } finally {
        open.pid()
            .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
            .ifPresent(ProcessHandle::destroy);
      }
    }
  }

  private static List<Probe> probes() {
    var probes = new ArrayList<Probe>();
    for (String line : List.of("has.python3=/usr/bin/python3", "has.perl=/usr/bin/perl")) {
      if (Files.isExecutable(Path.of(line.substring(line.indexOf('=') + 1)))) {
        probes.add(Probe.of(HostFacts.parse(line)).orElseThrow());
      }
    }
    assumeTrue(!probes.isEmpty(), "needs /usr/bin/python3 or /usr/bin/perl");
    return probes;
  }

  private static String run(Probe probe, String... words) throws IOException {
    var command = new ArrayList<>(List.of(probe.command(), "-"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).start();
    try (var in = process.getOutputStream()) {
      in.write(probe.source().getBytes(StandardCharsets.UTF_8));
    }
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static int freeTcp() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static int freeUdp() throws IOException {
    try (var socket = new DatagramSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
