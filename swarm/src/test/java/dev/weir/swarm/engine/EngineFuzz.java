package dev.weir.swarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What must hold of every response of an engine, whole or line by line: it is read, or refused as
/// no JSON; nothing else is thrown, and what is read is written and read again as the same.
public final class EngineFuzz {
  private EngineFuzz() {}

  /// One try.
  public static void fuzzerTestOneInput(byte[] data) {
    try {
      JsonNode tree = EngineJson.parse(data);
      if (!tree.isMissingNode()) {
        assertThat(EngineJson.parse(EngineJson.bytes(tree))).isEqualTo(tree);
      }
    } catch (JacksonException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    lines(data);
  }

  private static void lines(byte[] data) {
    var lines = new JsonLines(new ByteArrayInputStream(data));
    try {
      Optional<JsonNode> line = lines.next();
      while (line.isPresent()) {
        line = lines.next();
      }
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("(?s)a line (that is no JSON|of more than 4 MiB).*");
    }
  }
}
