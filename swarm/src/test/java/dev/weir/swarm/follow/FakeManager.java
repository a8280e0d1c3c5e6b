package dev.weir.swarm.follow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.swarm.engine.EngineAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A manager's Engine, as far as following asks it, over real HTTP.
final class FakeManager implements AutoCloseable {
  private static final Pattern SERVICE = Pattern.compile("id-[a-z0-9-]+");

  private final FakeSwarm swarm;
  private final HttpServer server;
  private final List<OutputStream> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger taskPolls = new AtomicInteger();
  private final Map<String, String> said = new ConcurrentHashMap<>();
  private volatile boolean failing;
  private volatile Consumer<String> meanwhile = _ -> {};

  FakeManager(FakeSwarm swarm) throws IOException {
    this.swarm = swarm;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::respond);
    server.start();
  }

  EngineAddress address() {
    return EngineAddress.parse("tcp://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Whether it responds with 500 from now on, as without a leader.
  void failing(boolean now) {
    failing = now;
  }

  /// What happens before each response, given its path.
  void meanwhile(Consumer<String> now) {
    meanwhile = now;
  }

  /// Its response for a path from now on, with status 200; null for what is so.
  void says(String path, @Nullable String body) {
    if (body == null) {
      said.remove(path);
    } else {
      said.put(path, body);
    }
  }

  int taskPolls() {
    return taskPolls.get();
  }

  /// Notifies all listeners that something happened to a service.
  void event() {
    byte[] line = "{\"Type\":\"service\",\"Action\":\"update\"}\n".getBytes(StandardCharsets.UTF_8);
    listeners.removeIf(listener -> !isReported(listener, line));
  }

  private static boolean isReported(OutputStream listener, byte[] line) {
    try {
      listener.write(line);
      listener.flush();
      return true;
    } catch (IOException _) {
      return false; // it went
    }
  }

  private void respond(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replaceFirst("^/v[0-9.]+", "");
    meanwhile.accept(path);
    exchange.getResponseHeaders().add("Api-Version", "1.41");
    if (failing && !path.equals("/_ping")) {
      send(exchange, 500, "{\"message\":\"rpc error: the swarm does not have a leader\"}");
      return;
    }
    String instead = said.get(path);
    if (instead != null) {
      send(exchange, 200, instead);
      return;
    }
    switch (path) {
      case "/_ping" -> send(exchange, 200, "OK");
      case "/services" -> send(exchange, 200, swarm.servicesJson());
      case "/nodes" -> send(exchange, 200, swarm.nodesJson());
      case "/tasks" -> tasks(exchange);
      case "/networks/app" -> send(exchange, 200, "{\"Id\":\"%s\"}".formatted(FakeSwarm.NETWORK));
      case "/events" -> {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        listeners.add(exchange.getResponseBody());
      }
      default -> send(exchange, 404, "{\"message\":\"not found\"}");
    }
  }

  private void tasks(HttpExchange exchange) throws IOException {
    taskPolls.incrementAndGet();
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    Matcher ids = SERVICE.matcher(URLDecoder.decode(query, StandardCharsets.UTF_8));
    while (ids.find()) {
      if (!swarm.knows(ids.group())) {
        send(exchange, 404, "{\"message\":\"service %s not found\"}".formatted(ids.group()));
        return;
      }
    }
    send(exchange, 200, swarm.tasksJson());
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
