package dev.weir.proxy;

import dev.weir.proxy.http.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// Sends cases through something that listens, each with a request behind it that must be served as
/// itself, and one on another connection; and asks the origin what it was fooled into.
final class Desync {
  private static final int PATIENCE_MILLIS = 150;
  private static final byte[] CANARY =
      Bytes.of("GET /canary-same HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

  private final InetSocketAddress front;
  private final TemperedOrigin origin;
  private final List<String> found = new ArrayList<>();
  private int canaries;

  Desync(InetSocketAddress front, TemperedOrigin origin) {
    this.front = front;
    this.origin = origin;
  }

  /// What was found, a line for each case that confused someone.
  List<String> run(List<Smuggling.Case> cases) {
    for (Smuggling.Case one : cases) {
      int before = origin.fooled().size();
      try {
        String same = sameConnection(one);
        String other = otherConnection();
        List<String> fooled = origin.fooled();
        if (fooled.size() > before || same.contains("FORGED") || !other.isEmpty()) {
          found.add(
              "%s: %s %s".formatted(one.shown(), fooled.subList(before, fooled.size()), other));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(one.shown(), e);
      }
    }
    return found;
  }

  /// All that comes back on the connection of the case.
  private String sameConnection(Smuggling.Case one) throws IOException {
    return Wire.whatComesBack(front, PATIENCE_MILLIS, one.bytes(), CANARY);
  }

  /// What is wrong with the response to somebody else's request.
  private String otherConnection() throws IOException {
    String target = "/canary-" + canaries++;
    try (var wire = Wire.to(front)) {
      String response =
          wire.send("GET %s HTTP/1.1\r\nHost: h\r\n\r\n".formatted(target)).response();
      return response.startsWith("HTTP/1.1 200 ") && response.endsWith("\r\n\r\n" + target)
          ? ""
          : "somebody else got " + response;
    }
  }
}
