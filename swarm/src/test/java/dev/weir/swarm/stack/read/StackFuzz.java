package dev.weir.swarm.stack.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// What must hold of every Compose file: it is loaded, or what is wrong is reported; nothing else
/// is thrown.
public final class StackFuzz {
  private StackFuzz() {}

  /// One try.
  public static void fuzzerTestOneInput(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    try {
      Stack _ = new StackLoader(Map.of("X", "y", "EMPTY", ""), () -> text).load(List.of("-"));
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("stack: ");
    }
  }
}
