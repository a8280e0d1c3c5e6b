import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Supplier;

/// A balancer's connection to a replica of bench/abuse.
///
/// The path says what the response is: `/` is small and comes at once, `/slow?MILLIS`,
/// `/big?BYTES`, `/events` (a stream with an event a second), `/poll` (a head, then silence), `/ws`
/// (a tunnel that echoes), `/early401` (before the body was read), `/stall` (never), and
/// `/fault/NAME` is one of the faults.
class ReplicaLine implements Handler, RequestReader.Listener {
  private static final byte[] CHUNKS =
      ("1000\r\n" + "x".repeat(4096) + "\r\n").repeat(5).getBytes();
  private static final byte[] BLOCK = "x".repeat(16_384).getBytes();

  private final BadReplica replica;
  private final RequestReader reader = new RequestReader();

  /// Set once the connection is there.
  Line line;

  private String path = "";
  boolean tunnel;

  ReplicaLine(BadReplica replica) {
    this.replica = replica;
  }

  @Override
  public void opened(Line opened) {
    line = opened;
    replica.lines.add(opened);
    if (replica.fault == Fault.STALL) {
      opened.reading(false);
    }
  }

  @Override
  public void received(Line from, ByteBuffer bytes) {
    if (tunnel) {
      var echo = new byte[bytes.remaining()];
      bytes.get(echo);
      line.send(echo);
      return;
    }
    reader.read(bytes, this);
  }

  @Override
  public void closed(Line gone) {
    replica.lines.remove(gone);
  }

  @Override
  public void head(String head, String newPath) {
    path = newPath;
    Fault fault = faultOf(path);
    if (fault != Fault.NONE) {
      commit(fault);
      path = "";
    } else if (path.startsWith("/early401")) {
      line.send(
          bytes("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
      line.loop.after(50, line::close);
      path = "";
    } else if (path.startsWith("/stall")) {
      line.reading(false);
      path = "";
    }
  }

  private Fault faultOf(String of) {
    return of.startsWith("/fault/") ? Fault.named(of.substring("/fault/".length())) : replica.fault;
  }

  @Override
  public void complete() {
    int query = path.indexOf('?');
    long number = query < 0 ? 0 : Long.parseLong(path.substring(query + 1));
    switch (query < 0 ? path : path.substring(0, query)) {
      case "" -> {}
      case "/slow" -> later(number);
      case "/big" -> big(number);
      case "/events" -> {
        line.send(
            bytes(
                "HTTP/1.1 200 OK\r\n"
                    + "Content-Type: text/event-stream\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"));
        every(1_000, bytes("9\r\ndata: 1\n\n\r\n"));
      }
      case "/poll" ->
          line.send(
              bytes(
                  "HTTP/1.1 200 OK\r\n"
                      + "Content-Type: text/plain\r\n"
                      + "Transfer-Encoding: chunked\r\n\r\n"));
      case "/ws" -> {
        tunnel = true;
        line.send(
            bytes(
                "HTTP/1.1 101 Switching Protocols\r\n"
                    + "Upgrade: websocket\r\n"
                    + "Connection: Upgrade\r\n\r\n"));
      }
      default -> later(replica.delayMillis);
    }
  }

  private void later(long millis) {
    if (millis == 0) {
      line.send(replica.response);
    } else {
      line.loop.after(millis, () -> line.send(replica.response));
    }
  }

  private void big(long bytes) {
    line.send(bytes("HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n"));
    body(bytes);
  }

  /// Sends a body of so many bytes.
  final void body(long bytes) {
    line.stream(
        new Supplier<>() {
          private long left = bytes;

          @Override
          public ByteBuffer get() {
            int now = (int) Math.min(left, BLOCK.length);
            left -= now;
            return now == 0 ? null : ByteBuffer.wrap(BLOCK, 0, now);
          }
        });
  }

  final void every(int millis, byte[] what) {
    line.loop.after(
        millis,
        () -> {
          if (line.isOpen()) {
            line.send(what);
            every(millis, what);
          }
        });
  }

  final void commit(Fault fault) {
    String ok = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
    switch (fault) {
      case NONE, SILENT -> {}
      case STALL -> line.reading(false);
      case RESET -> line.reset();
      case GARBAGE -> {
        var random = new byte[4_096];
        new Random().nextBytes(random);
        line.send(random);
        line.close();
      }
      case DRIP_HEAD -> drip(bytes(ok), 0);
      case ENDLESS_HEADERS -> {
        line.send(bytes("HTTP/1.1 200 OK\r\n"));
        byte[] fields =
            bytes("X-Endless: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(250));
        line.stream(() -> ByteBuffer.wrap(fields));
      }
      case ENDLESS_1XX -> every(20, bytes("HTTP/1.1 102 Processing\r\n\r\n".repeat(50)));
      case ENDLESS_BODY -> {
        line.send(bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
        every(20, CHUNKS);
      }
      case STALL_BODY -> line.send(bytes(ok));
      case MID_CLOSE -> {
        line.send(bytes(ok + "x".repeat(500)));
        line.close();
      }
    }
  }

  private void drip(byte[] text, int at) {
    if (line.isOpen() && at < text.length) {
      line.send(new byte[] {text[at]});
      line.loop.after(100, () -> drip(text, at + 1));
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
