package dev.weir.cluster.doctor.reading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The shell scripts that run on nodes. They are sent with each command, so nothing stays there.
final class Scripts {
  /// What a node shows of itself.
  static final String REPORT = read("report.sh");

  /// TCP connections from a node.
  static final String CONNECT = read("connect.sh");

  /// Datagrams from a node.
  static final String BURST = read("burst.sh");

  private Scripts() {}

  private static String read(String name) {
    try (InputStream in = Scripts.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
