package dev.weir.observe.http;

import dev.weir.tls.TlsIdentity;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// One client of an [AgentHttpServer]: its handshake, and its requests one after the other.
final class ServerConnection {
  private static final Duration HANDSHAKE_MAX = Duration.ofSeconds(5);
  private static final Duration REQUEST_MAX = Duration.ofSeconds(10);
  private static final Duration RESPONSE_MAX = Duration.ofSeconds(60);
  private static final Duration STALL_MAX = Duration.ofSeconds(30);
  private static final Duration IDLE_MAX = Duration.ofSeconds(60);
  private static final long QUEUE_SECONDS_MAX = 10;

  private final AgentHttpServer server;
  private final AcceptedConnection link;
  private final Optional<SSLSocketFactory> tls;
  private InputStream in;
  private OutputStream out;

  ServerConnection(
      AgentHttpServer server, AcceptedConnection link, Optional<SSLSocketFactory> tls) {
    this.server = server;
    this.link = link;
    this.tls = tls;
    this.in = link.in();
    this.out = link.out();
  }

  /// Serves until one side closes.
  void serve() throws IOException {
    if (tls.isPresent()) {
      secure(tls.get());
    }
    in = new BufferedInputStream(in);
    boolean more = request();
    while (more) {
      more = follows() && request();
    }
  }

  /// TLS on top of the plain connection, which can be cut without waiting for the other side.
  private void secure(SSLSocketFactory factory) throws IOException {
    Socket plain =
        link.socket().orElseThrow(() -> new IOException("TLS needs a port to listen on"));
    try (var _ = server.after(HANDSHAKE_MAX, link::close)) {
      var socket = (SSLSocket) factory.createSocket(plain, (InputStream) null, true);
      socket.setEnabledProtocols(TlsIdentity.PROTOCOLS.toArray(String[]::new));
      socket.setNeedClientAuth(true);
      socket.startHandshake();
      in = socket.getInputStream();
      out = socket.getOutputStream();
    }
  }

  /// Waits for the beginning of another request.
  private boolean follows() throws IOException {
    in.mark(1);
    boolean more;
    try (var _ = server.after(IDLE_MAX, link::close)) {
      more = in.read() >= 0;
    }
    if (more) {
      in.reset();
    }
    return more;
  }

  /// Serves one request; returns whether another may follow.
  private boolean request() throws IOException {
    Optional<Request> head = read(() -> Request.read(in));
    if (head.isEmpty()) {
      return false;
    }
    int bodyBytesMax = head.get().hasBody() ? server.bodyBytesMax(head.get()) : 0;
    return bodyBytesMax == 0 ? complete(head.get()) : withBody(head.get(), bodyBytesMax);
  }

  /// Serves a request with its body, of which only a few are in memory at once.
  private boolean withBody(Request head, int bytesMax) throws IOException {
    if (!isMyTurn(server.bodies)) {
      return send(HeldResponse.error(503, "too many requests at once: ask again"), false);
    }
    try {
      Optional<Request> whole = read(() -> Optional.of(head.withBody(in, bytesMax)));
      return whole.isPresent() && complete(whole.get());
    } finally {
      server.bodies.release();
    }
  }

  private boolean complete(Request request) throws IOException {
    server.requested(link);
    return respond(request);
  }

  /// Reads in time; a refused request gets an error status and is not returned.
  private Optional<Request> read(Reader reader) throws IOException {
    try (var _ = server.after(REQUEST_MAX, link::close)) {
      return reader.read();
    } catch (Request.Refused e) {
      send(e.page(), false);
      return Optional.empty();
    }
  }

  private boolean respond(Request request) throws IOException {
    Response response;
    if (isMyTurn(server.making)) {
      try {
        response = server.respond(request);
      } finally {
        server.making.release();
      }
    } else {
      response = HeldResponse.error(503, "too many requests at once: ask again");
    }
    return switch (response) {
      case HeldResponse page -> send(page, request.stays());
      case StreamedResponse streamed -> stream(streamed, request);
    };
  }

  private static boolean isMyTurn(Semaphore turns) throws IOException {
    try {
      return turns.tryAcquire(QUEUE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private boolean send(HeldResponse page, boolean stays) throws IOException {
    byte[] body = (page.text() + "\n").getBytes(StandardCharsets.UTF_8);
    server.sending(link, body.length);
    String length = "Content-Length: %d\r\n".formatted(body.length);
    try (var _ = server.after(RESPONSE_MAX, link::close)) {
      out.write(head(page.status(), page.contentType(), page.fields(), length, stays));
      out.write(body);
      out.flush();
    }
    server.sent(link);
    return stays;
  }

  private boolean stream(StreamedResponse streamed, Request request) throws IOException {
    if (!streamed.endless()) {
      try (var _ = server.after(RESPONSE_MAX, () -> cut(streamed))) {
        return pass(streamed, request, request.stays());
      }
    }
    if (!server.streams.tryAcquire()) {
      streamed.body().close();
      return send(HeldResponse.error(503, "too many streams are open"), false);
    }
    try {
      // Its client has nothing more to send, so any input, and the end of it, ends the stream.
      Thread.ofVirtual().name("weir-agent-leaving").start(() -> cutWhenHeard(streamed));
      return pass(streamed, request, false);
    } finally {
      server.streams.release();
    }
  }

  private boolean pass(StreamedResponse streamed, Request request, boolean stays)
      throws IOException {
    try (var body = streamed.body()) {
      String framing = request.isHttp11() ? "Transfer-Encoding: chunked\r\n" : "";
      out.write(head(200, streamed.contentType(), Map.of(), framing, stays));
      out.flush();
      var watched = new WriteTimeout(out, () -> server.after(STALL_MAX, () -> cut(streamed)));
      if (request.isHttp11()) {
        var chunks = new ChunkedWriter(watched);
        body.writeTo(chunks);
        chunks.end();
      } else {
        body.writeTo(watched);
      }
    }
    return stays;
  }

  private void cutWhenHeard(StreamedResponse streamed) {
    try {
      var _ = in.read();
    } catch (IOException _) {
      // Gone.
    }
    cut(streamed);
  }

  private void cut(StreamedResponse streamed) {
    link.close();
    try {
      streamed.body().close();
    } catch (IOException _) {
      // Closed already.
    }
  }

  /// @param framing the line that says how long the body is; "" for until the connection closes
  private static byte[] head(
      int status, String type, Map<String, String> fields, String framing, boolean stays) {
    var head = new StringBuilder();
    head.append("HTTP/1.1 %d %s\r\n".formatted(status, status / 100 == 2 ? "OK" : "Refused"))
        .append("Content-Type: %s\r\nCache-Control: no-store\r\n%s".formatted(type, framing))
        .append("Connection: %s\r\n".formatted(stays ? "keep-alive" : "close"));
    fields.forEach((name, value) -> head.append("%s: %s\r\n".formatted(name, value)));
    return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  /// Reads a request, or its rest.
  @FunctionalInterface
  private interface Reader {
    Optional<Request> read() throws IOException;
  }
}
