package dev.weir.swarm.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An Engine API that runs nothing: it responds as an empty swarm manager would, in which
/// everything external exists, and keeps what is posted.
final class RecordingEngine implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern VERSION = Pattern.compile("/v1\\.\\d+(/.*)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, JsonNode> posted = new ConcurrentHashMap<>();
  private final Map<String, Long> services = new ConcurrentHashMap<>();
  private final String apiVersion;

  RecordingEngine(String apiVersion) {
    this.apiVersion = apiVersion;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::respond);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// Adds an existing service with this number of replicas.
  void existing(String name, long replicas) {
    services.put(name, replicas);
  }

  private ObjectNode service(String name) {
    ObjectNode service = NODES.objectNode().put("ID", "id-" + name);
    service.putObject("Version").put("Index", 5);
    ObjectNode spec = service.putObject("Spec").put("Name", name);
    spec.putObject("TaskTemplate").put("ForceUpdate", 3).putObject("ContainerSpec");
    spec.putObject("Mode").putObject("Replicated").put("Replicas", services.getOrDefault(name, 1L));
    return service;
  }

  /// What was posted, by path and name: `services/create web`.
  Map<String, JsonNode> posted() {
    return new TreeMap<>(posted);
  }

  private void respond(HttpExchange exchange) throws IOException {
    String full = exchange.getRequestURI().getPath();
    Matcher matcher = VERSION.matcher(full);
    String path = matcher.matches() ? matcher.group(1) : full;
    exchange.getResponseHeaders().set("Api-Version", apiVersion);
    exchange.getResponseHeaders().set("OSType", "linux");
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("POST")) {
      JsonNode node = JSON.readTree(body);
      posted.put(path.substring(1) + " " + node.path("Name").asString(""), node);
      send(exchange, 201, NODES.objectNode().put("ID", "made").put("Id", "made"));
    } else if (exchange.getRequestMethod().equals("DELETE")) {
      send(exchange, 200, NODES.objectNode());
    } else {
      get(exchange, path);
    }
  }

  private void get(HttpExchange exchange, String path) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    switch (path) {
      case "/_ping" -> send(exchange, 200, NODES.stringNode("OK"));
      case "/info" -> {
        ObjectNode info = NODES.objectNode();
        info.putObject("Swarm").put("ControlAvailable", true).put("LocalNodeState", "active");
        send(exchange, 200, info);
      }
      case "/services" -> {
        ArrayNode all = NODES.arrayNode();
        services.keySet().forEach(name -> all.add(service(name)));
        send(exchange, 200, all);
      }
      case "/networks", "/tasks" -> send(exchange, 200, NODES.arrayNode());
      case "/secrets", "/configs" -> send(exchange, 200, named(query));
      default -> {
        if (path.startsWith("/services/id-")) {
          send(exchange, 200, service(path.substring(13)));
          return;
        }
        boolean network = path.startsWith("/networks/");
        ObjectNode response = NODES.objectNode();
        if (network) {
          response.put("Name", path.substring(10)).put("Id", "n").put("Scope", "swarm");
        } else {
          response.put("message", "nothing here");
        }
        send(exchange, network ? 200 : 404, response);
      }
    }
  }

  /// Every requested name exists; its ID contains the name.
  private static ArrayNode named(String query) {
    ArrayNode found = NODES.arrayNode();
    String filters = query == null ? "" : URLDecoder.decode(query, StandardCharsets.UTF_8);
    int at = filters.indexOf("filters=");
    if (at >= 0) {
      JsonNode names = JSON.readTree(filters.substring(at + 8)).path("name");
      Iterable<String> each =
          names.isArray()
              ? names.valueStream().map(JsonNode::asString).toList()
              : names.propertyNames();
      for (String name : each) {
        ObjectNode object = found.addObject();
        object.put("ID", "id-of-" + name).putObject("Spec").put("Name", name);
      }
    }
    return found;
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
