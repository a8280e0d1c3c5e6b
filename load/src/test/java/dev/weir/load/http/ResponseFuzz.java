package dev.weir.load.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;

/// What must hold of every sequence of bytes that a server under load sends: nothing is thrown but
/// that it is malformed, and splits change neither the verdict nor where the response ends.
public final class ResponseFuzz {
  private ResponseFuzz() {}

  /// One try.
  public static void fuzzerTestOneInput(byte[] data) {
    String whole = read(data, Math.max(1, data.length));
    for (int piece : new int[] {1, 2, 7, 1 + data.length / 3}) {
      assertThat(read(data, piece)).isEqualTo(whole);
    }
  }

  private static String read(byte[] data, int pieceBytes) {
    var parser = new ResponseParser(false, "X-Served-By");
    parser.begin();
    boolean done = false;
    int used = 0;
    try {
      while (used < data.length && !done) {
        int end = Math.min(data.length, used + pieceBytes);
        ByteBuffer piece = ByteBuffer.wrap(data, used, end - used);
        done = parser.feed(piece);
        used = piece.position();
      }
    } catch (MalformedResponseException e) {
      return "malformed";
    }
    return "%b %d %d %d %s %b %b"
        .formatted(
            done,
            used,
            parser.status(),
            parser.bodyBytes(),
            parser.replica(),
            done && parser.reusable(),
            parser.endsHere());
  }
}
