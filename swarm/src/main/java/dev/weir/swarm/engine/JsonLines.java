package dev.weir.swarm.engine;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// JSON values on separate lines, as in events, pulls and statistics.
public final class JsonLines {
  private static final int LINE_BYTES_MAX = 1 << 20;

  private final InputStream in;

  /// The values of a stream, which the caller closes.
  public JsonLines(InputStream stream) {
    this.in = new BufferedInputStream(stream);
  }

  /// Waits for the next value; empty at the end of the stream.
  ///
  /// @throws IOException if the stream breaks, or a line is not JSON or larger than 1 MiB
  public Optional<JsonNode> next() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      if (octet != '\n' && octet != '\r') {
        line.write(octet);
      } else if (line.size() > 0) {
        return Optional.of(parsed(line));
      }
      if (line.size() > LINE_BYTES_MAX) {
        throw new IOException("a line of more than 1 MiB");
      }
    }
    return line.size() == 0 ? Optional.empty() : Optional.of(parsed(line));
  }

  private static JsonNode parsed(ByteArrayOutputStream line) throws IOException {
    try {
      return EngineJson.parse(line.toByteArray());
    } catch (JacksonException e) {
      throw new IOException("a line that is no JSON: " + ErrorText.first(e), e);
    }
  }
}
