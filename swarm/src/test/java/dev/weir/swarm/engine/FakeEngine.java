package dev.weir.swarm.engine;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// An Engine over a real unix socket or real TLS that responds as a test says, and remembers what
/// it was asked.
public final class FakeEngine implements AutoCloseable {
  private static final Pattern TARGET = Pattern.compile("(?:/v([0-9.]+))?(/[^?]*)(?:\\?(.*))?");

  private final Closeable listener;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Handler handler;
  private final String newest;
  private final String oldest;
  private EngineAddress address = EngineAddress.DEFAULT;

  /// One request.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Request(
      String method,
      String version,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      byte[] body) {
    public String line() {
      return method + " " + path;
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /// What responds.
  @FunctionalInterface
  public interface Handler {
    void respond(Request request, Response response) throws IOException;
  }

  private FakeEngine(Closeable listener, String oldest, String newest, Handler handler) {
    this.listener = listener;
    this.oldest = oldest;
    this.newest = newest;
    this.handler = handler;
  }

  /// One that speaks the versions of Engine 20.10.
  public static FakeEngine at(Path socket, Handler handler) throws IOException {
    return at(socket, "1.12", "1.41", handler);
  }

  public static FakeEngine at(Path socket, String oldest, String newest, Handler handler)
      throws IOException {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    var engine = new FakeEngine(server, oldest, newest, handler);
    engine.address = new EngineAddress.Unix(socket);
    Thread.ofVirtual().start(() -> engine.accept(server));
    return engine;
  }

  /// One behind TLS that asks for a certificate.
  public static FakeEngine overTls(SSLContext context, TlsFiles files, Handler handler)
      throws IOException {
    var server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(true);
    return overTcp(server, java.util.Optional.of(files), handler);
  }

  public static FakeEngine overTcp(
      ServerSocket server, java.util.Optional<TlsFiles> tls, Handler handler) {
    var engine = new FakeEngine(server, "1.12", "1.41", handler);
    engine.address = new EngineAddress.Tcp("localhost", server.getLocalPort(), tls);
    Thread.ofVirtual().start(() -> engine.accept(server));
    return engine;
  }

  public EngineAddress address() {
    return address;
  }

  /// All requests but pings, in order.
  public List<Request> requests() {
    return requests.stream().filter(r -> !r.path().equals("/_ping")).toList();
  }

  /// Cuts all connections, as a restart does.
  public void cut() throws IOException {
    for (Closeable connection : open) {
      connection.close();
    }
  }

  /// How many connections are open.
  public int connections() {
    return open.size();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }

  private void accept(ServerSocketChannel server) {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        open.add(channel);
        InputStream in = Channels.newInputStream(channel);
        OutputStream out = Channels.newOutputStream(channel);
        Thread.ofVirtual().start(() -> serve(channel, in, out));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void accept(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual()
            .start(() -> {
              try {
                serve(socket, socket.getInputStream(), socket.getOutputStream());
              } catch (IOException _) {
                // The client went.
              }
            });
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void serve(Closeable connection, InputStream raw, OutputStream out) {
    try (connection) {
      var in = new BufferedInputStream(raw);
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        Request request = request(line, in);
        requests.add(request);
        var response = new Response(out, newest);
        if (request.path().equals("/_ping")) {
          response.text(200, "OK");
        } else if (isTooOld(request)) {
          response.json(
              400,
              "{\"message\":\"client version %s is too old. Minimum supported API version is %s, please upgrade your client to a newer version\"}"
                  .formatted(request.version(), oldest));
        } else {
          handler.respond(request, response);
        }
      }
    } catch (IOException _) {
      // The client went.
    } finally {
      open.remove(connection);
    }
  }

  private boolean isTooOld(Request request) {
    return minor(request.version()) < minor(oldest);
  }

  private static int minor(String version) {
    return Integer.parseInt(version.substring(version.indexOf('.') + 1));
  }

  private static Request request(String line, InputStream in) throws IOException {
    String[] words = line.split(" ", -1);
    Matcher target = TARGET.matcher(words[1]);
    if (!target.matches()) {
      throw new IOException("target " + words[1]);
    }
    var headers = new TreeMap<String, String>();
    for (String head = line(in); !head.isEmpty(); head = line(in)) {
      int colon = head.indexOf(':');
      headers.put(
          head.substring(0, colon).toLowerCase(Locale.ROOT), head.substring(colon + 1).strip());
    }
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    String version = target.group(1) == null ? "" : target.group(1);
    return new Request(words[0], version, target.group(2), query(target.group(3)), headers, body);
  }

  private static Map<String, String> query(@org.jspecify.annotations.Nullable String text) {
    var query = new TreeMap<String, String>();
    for (String pair : text == null ? new String[0] : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      query.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return query;
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      line.write(octet);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  /// The response to one request.
  public static final class Response {
    private final OutputStream out;
    private final String newest;

    Response(OutputStream out, String newest) {
      this.out = out;
      this.newest = newest;
    }

    public void json(int status, String json) throws IOException {
      whole(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    public void text(int status, String text) throws IOException {
      whole(status, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    /// Starts a response in chunks.
    public void start() throws IOException {
      write(head(200, "application/json") + "Transfer-Encoding: chunked\r\n\r\n");
    }

    public void chunk(String text) throws IOException {
      chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    public void chunk(byte[] bytes) throws IOException {
      write(Integer.toHexString(bytes.length) + "\r\n");
      out.write(bytes);
      write("\r\n");
    }

    public void end() throws IOException {
      write("0\r\n\r\n");
    }

    /// Whatever bytes.
    public void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    private void whole(int status, String type, byte[] bytes) throws IOException {
      write(head(status, type) + "Content-Length: " + bytes.length + "\r\n\r\n");
      out.write(bytes);
      out.flush();
    }

    private String head(int status, String type) {
      return "HTTP/1.1 %d -\r\nApi-Version: %s\r\nContent-Type: %s\r\nServer: Docker\r\n"
          .formatted(status, newest, type);
    }
  }
}
