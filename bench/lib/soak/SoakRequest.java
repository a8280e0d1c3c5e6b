import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// One request or session of bench/soak's clients.
///
/// @param id which the replicas note
/// @param bytes of the upload or the response; milliseconds for SLOW; rounds for sessions
record SoakRequest(long id, Kind kind, int bytes) {
  private static final byte[] EVENT = "9\r\ndata: 1\n\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /// What there is, and how often.
  enum Kind {
    GET(50, true),
    BIG(10, true),
    SLOW(10, true),
    POST(15, false),
    CHUNKED(10, false),
    EVENTS(2, true),
    WEBSOCKET(3, true);

    final int weight;

    /// Whether the request may be sent again as long as nothing of a response came.
    final boolean repeatable;

    Kind(int weight, boolean repeatable) {
      this.weight = weight;
      this.repeatable = repeatable;
    }
  }

  /// A result that is not the request's own, or not what it asked for.
  static final class WrongException extends IOException {
    private static final long serialVersionUID = 1;

    WrongException(String what) {
      super(what);
    }
  }

  /// Sends it and reads all of the response.
  ///
  /// @param end when to give up
  /// @return the status
  int over(HttpCall call, long end) throws IOException, InterruptedException {
    call.send(bytes(text()));
    String head = call.head(end);
    int status = HttpCall.status(head);
    if (status >= 400) {
      call.body(head, end);
      return status;
    }
    String owner = RequestReader.field(head, "x-soak-id");
    if (owner == null) {
      call.body(head, end); // a fault's; it does not become whole
      throw new WrongException("a response without an id");
    }
    if (!owner.equals(String.valueOf(id))) {
      throw new WrongException("a response of another request: " + head.replace("\r\n", " | "));
    }
    switch (kind) {
      case EVENTS -> call.skip((long) bytes * EVENT.length, end);
      case WEBSOCKET -> talk(call, status, end);
      default -> {
        int wanted = kind == Kind.BIG ? bytes : 3;
        if (!String.valueOf(wanted).equals(RequestReader.field(head, "content-length"))) {
          throw new WrongException("a response of another length than " + wanted);
        }
        call.body(head, end);
      }
    }
    return status;
  }

  private void talk(HttpCall call, int status, long end) throws IOException, InterruptedException {
    if (status != 101) {
      throw new WrongException("no tunnel: " + status);
    }
    for (int i = 0; i < bytes; i++) {
      call.send(bytes("ping"));
      call.skip(4, end);
      Thread.sleep(200);
    }
  }

  private String text() {
    String fields = " HTTP/1.1\r\nHost: weir.test\r\nX-Soak-Id: " + id + "\r\n";
    return switch (kind) {
      case GET -> "GET /soak/small" + fields + "\r\n";
      case BIG -> "GET /soak/big?" + bytes + fields + "\r\n";
      case SLOW -> "GET /soak/slow?" + bytes + fields + "\r\n";
      case POST ->
          "POST /soak/post" + fields + "Content-Length: " + bytes + "\r\n\r\n" + "p".repeat(bytes);
      case CHUNKED -> {
        String chunk = "400\r\n" + "c".repeat(1024) + "\r\n";
        yield "POST /soak/post"
            + fields
            + "Transfer-Encoding: chunked\r\n\r\n"
            + chunk.repeat(bytes / 1024)
            + "0\r\n\r\n";
      }
      case EVENTS -> "GET /soak/events" + fields + "\r\n";
      case WEBSOCKET ->
          "GET /soak/ws" + fields + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Whether another request may use the connection afterwards.
  boolean keeps() {
    return kind != Kind.EVENTS && kind != Kind.WEBSOCKET;
  }
}
