import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/// A replica that is good until a command makes it bad. Only its loop's thread touches it.
final class BadReplica {
  final Set<Line> lines = new LinkedHashSet<>();
  final int delayMillis;
  final byte[] response;
  Fault fault = Fault.NONE;

  /// Whether it resets all its connections right now.
  boolean dying;

  final int port;

  private final Loop loop;
  private final Function<BadReplica, Handler> handlers;
  private ServerSocketChannel server;

  /// @param handlers makes what serves one connection
  BadReplica(Loop loop, int port, int delayMillis, Function<BadReplica, Handler> handlers) {
    this.loop = loop;
    this.handlers = handlers;
    this.port = port;
    this.delayMillis = delayMillis;
    response =
        ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Replica: "
                + port
                + "\r\nContent-Length: 3\r\n\r\nok\n")
            .getBytes(StandardCharsets.ISO_8859_1);
  }

  void open() throws IOException {
    if (server == null) {
      server = loop.listen(port, () -> handlers.apply(this));
    }
  }

  /// Dies as a process that is killed: the port refuses, and all connections are reset.
  void kill() throws IOException {
    if (server != null) {
      server.close();
      server = null;
      reset();
    }
  }

  /// Resets all connections.
  void reset() {
    dying = true;
    new ArrayList<>(lines).forEach(Line::reset);
    dying = false;
  }

  /// Commits the fault from now on; a replica that becomes good again resets what hangs.
  void fault(Fault now) {
    fault = now;
    if (now == Fault.STALL) {
      lines.forEach(line -> line.reading(false));
    } else if (now == Fault.NONE) {
      reset();
    }
  }
}
