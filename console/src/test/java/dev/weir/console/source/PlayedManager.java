package dev.weir.console.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.swarm.engine.EngineAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A manager, or the admin port of a balancer, on a real socket: it responds with the texts that a
/// test sets, by path, and remembers what was posted.
final class PlayedManager implements AutoCloseable {
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  PlayedManager() throws IOException {
    this(0);
  }

  PlayedManager(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::respond);
    server.start();
    for (String list : List.of("/nodes", "/services", "/tasks")) {
      set(list, "[]");
    }
    set("/info", "{\"Swarm\":{\"Cluster\":{\"ID\":\"c1\"}},\"ServerVersion\":\"27.1\"}");
  }

  /// Sets the text at a path without its API version.
  PlayedManager set(String path, String text) {
    pages.put(path, text);
    return this;
  }

  private void respond(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replaceFirst("^/v1\\.[0-9]+", "");
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    if (exchange.getRequestMethod().equals("POST")) {
      posted.add(
          path
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }
    exchange.getResponseHeaders().add("Api-Version", "1.44");
    String text = path.equals("/_ping") ? "OK" : pages.get(path);
    if (path.equals("/tasks") && query.contains("shutdown")) {
      text = pages.getOrDefault("/tasks?ended", "[]");
    } else if (path.equals("/tasks") && query.contains("\"id\"")) {
      text = pages.getOrDefault("/tasks?id", "[]");
    } else if (path.endsWith("/update")) {
      text = "{}";
    }
    byte[] body =
        (text == null ? "{\"message\":\"no such thing\"}" : text).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(text == null ? 404 : 200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  EngineAddress address() {
    return new EngineAddress.Tcp("127.0.0.1", port(), Optional.empty());
  }

  URI uri() {
    return URI.create("http://127.0.0.1:%d/".formatted(port()));
  }

  /// What was posted: the path and the body.
  List<String> posted() {
    return posted;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
