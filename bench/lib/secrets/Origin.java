import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// The server that bench/secrets sends its secrets to: responds `ok` to everything; below `/api` and
/// `/v1.` it is a cAdvisor and an engine in trouble, which know nothing and can do nothing. Says its
/// port on standard output and ends with its standard input.
final class Origin {
  private static final byte[] OK = "ok\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TROUBLE =
      "{\"message\":\"no such thing\"}\n".getBytes(StandardCharsets.UTF_8);

  private Origin() {}

  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          String path = exchange.getRequestURI().getPath();
          boolean troubled = path.startsWith("/api") || path.startsWith("/v1.");
          int status = !troubled ? 200 : exchange.getRequestMethod().equals("GET") ? 404 : 500;
          byte[] text = troubled ? TROUBLE : OK;
          exchange.getResponseHeaders().add("X-Served-By", "origin");
          exchange.getResponseHeaders().add("Api-Version", "1.43");
          exchange.sendResponseHeaders(status, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    server.start();
    System.out.println(server.getAddress().getPort());
    System.in.transferTo(OutputStream.nullOutputStream());
    server.stop(0);
  }
}
