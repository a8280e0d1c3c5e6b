package dev.weir.swarm.engine;

import dev.weir.swarm.engine.EngineException.Reason;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client of a Docker Engine's HTTP API, in the newest version that both sides know.
///
/// Responses are JSON trees, so unknown fields are kept. Every response is bounded in time, size
/// and depth, and checked for the shape of its path; [Engine#stream] is bounded by its reader.
/// Thread-safe. Every failure is an [EngineException] with a one-line message for the user.
public final class Engine implements AutoCloseable {
  private static final int ERROR_BYTES_MAX = 64 << 10;

  private final EngineAddress address;
  private final Bounds bounds;
  private final EngineConnectionPool connections;
  private final URIAuthority authority;
  private ApiVersion version = ApiVersion.OURS;

  private Engine(EngineAddress address, Bounds bounds) {
    this.address = address;
    this.bounds = bounds;
    this.connections = new EngineConnectionPool(address);
    this.authority =
        switch (address) {
          case EngineAddress.Unix _, EngineAddress.Ssh _ -> new URIAuthority("docker");
          case EngineAddress.Tcp(var host, var port, _) -> new URIAuthority(host, port);
        };
  }

  /// Connects and agrees on a version.
  ///
  /// @throws EngineException if it does not respond, or the two sides share no version
  public static Engine connect(EngineAddress address) {
    return connect(address, Bounds.STANDARD);
  }

  /// Connects to the first that responds, in this order.
  ///
  /// @param addresses at least one
  /// @throws EngineException saying of each why it does not
  public static Engine connectFirst(List<EngineAddress> addresses) {
    var failures = new ArrayList<EngineException>();
    for (EngineAddress address : addresses) {
      try {
        return connect(address);
      } catch (EngineException e) {
        failures.add(e);
      }
    }
    throw EngineErrors.none(failures);
  }

  /// Connects with other bounds.
  static Engine connect(EngineAddress address, Bounds bounds) {
    var engine = new Engine(address, bounds);
    try {
      engine.version = engine.negotiate();
      return engine;
    } catch (EngineException e) {
      EngineException explained = engine.connections.explained(e);
      engine.close();
      throw explained;
    }
  }

  /// The version in use, such as `1.44`.
  public String apiVersion() {
    return version.toString();
  }

  /// Where it listens.
  public EngineAddress address() {
    return address;
  }

  /// Asks for an object, or for one of the lists of the API.
  public JsonNode get(String path) {
    return get(path, Map.of());
  }

  /// Asks for an object, or for one of the lists of the API.
  public JsonNode get(String path, Map<String, String> query) {
    return get(path, query, Map.of());
  }

  /// Asks with headers, such as `X-Registry-Auth`.
  public JsonNode get(String path, Map<String, String> query, Map<String, String> headers) {
    return ask(
        "GET", path, query, null, headers, content -> ExpectedShape.checked(path, tree(content)));
  }

  /// Requests a list and returns the results of `each`. Items are read one by one, so a list of
  /// thousands takes only the memory of the results.
  public <T> List<T> list(String path, Map<String, String> query, Function<JsonNode, T> each) {
    return ask("GET", path, query, null, Map.of(), content -> items(path, content, each));
  }

  private <T> List<T> items(String path, InputStream content, Function<JsonNode, T> each) {
    return EngineJson.items(
        new BoundedStream(content, bounds.listBytes()),
        bounds.itemBytes(),
        item -> {
          ExpectedShape.checkItem(path, item);
          return each.apply(item);
        });
  }

  /// Creates or changes something. Status 304, nothing to do, counts as success.
  public JsonNode post(String path, Map<String, String> query, @Nullable JsonNode body) {
    return post(path, query, body, Map.of());
  }

  /// Creates or changes something, with headers such as `X-Registry-Auth`.
  public JsonNode post(
      String path,
      Map<String, String> query,
      @Nullable JsonNode body,
      Map<String, String> headers) {
    return ask("POST", path, query, body, headers, this::tree);
  }

  /// Removes something.
  public void delete(String path, Map<String, String> query) {
    ask("DELETE", path, query, null, Map.of(), this::tree);
  }

  private JsonNode tree(InputStream content) {
    return EngineJson.parse(new BoundedStream(content, bounds.treeBytes()));
  }

  /// Starts a response without a fixed end: events, logs, the progress of a pull, statistics. Its
  /// head must come in time; its content is read until the caller closes it, from any thread.
  public EngineStream stream(
      String method,
      String path,
      Map<String, String> query,
      @Nullable JsonNode body,
      Map<String, String> headers) {
    return open(request(method, path, query, body, headers), method + " " + path);
  }

  /// Sends a tar archive, such as an image's files, and reads the response to its end.
  ///
  /// @return the first 64 KiB of what the Engine reported; some errors stand only there
  public String upload(String path, Map<String, String> query, byte[] archive) {
    ClassicHttpRequest request = request("POST", path, query, null, Map.of());
    request.setEntity(new ByteArrayEntity(archive, ContentType.create("application/x-tar")));
    String name = "POST " + path;
    try (var call = call(connections.fresh(), request, name, bounds.response())) {
      ClassicHttpResponse response = call.exchange();
      check(call, response, name);
      byte[] said = call.whole(response, content -> content.readNBytes(ERROR_BYTES_MAX));
      return new String(said, StandardCharsets.UTF_8);
    }
  }

  /// Starts a response in an API version that another client has agreed on. The caller closes it,
  /// from any thread.
  public EngineStream read(String apiVersion, String path, Map<String, String> query) {
    String target = "/v" + apiVersion + RequestTargets.target(path, query);
    var request = new BasicClassicHttpRequest("GET", null, authority, target);
    request.setHeader("User-Agent", "weir");
    return open(request, "GET " + path);
  }

  /// Cuts all requests under way.
  @Override
  public void close() {
    connections.close();
  }

  private ApiVersion negotiate() {
    var request = new BasicClassicHttpRequest("GET", null, authority, "/_ping");
    try (var call = call(connections.fresh(), request, "GET /_ping", bounds.ping())) {
      ClassicHttpResponse response = call.exchange();
      byte[] body = call.whole(response, content -> content.readNBytes(ERROR_BYTES_MAX));
      Header newest = response.getFirstHeader("Api-Version");
      if (newest == null) {
        throw response.getCode() / 100 == 2
            ? EngineErrors.nameless(address)
            : EngineErrors.refused(address, "GET /_ping", response.getCode(), body);
      }
      return ApiVersion.agreed(address, newest.getValue());
    }
  }

  private <T> T ask(
      String method,
      String path,
      Map<String, String> query,
      @Nullable JsonNode body,
      Map<String, String> headers,
      EngineCall.Content<T> reader) {
    String name = method + " " + path;
    ClassicHttpRequest request = request(method, path, query, body, headers);
    EngineConnection connection = connections.take();
    try {
      return ask(connection, request, name, reader);
    } catch (EngineException e) {
      // A kept connection may be dead since the Engine's last restart.
      if (!method.equals("GET") || !connection.isKept() || e.reason() != Reason.BROKEN) {
        throw e;
      }
      return ask(connections.fresh(), request, name, reader);
    }
  }

  private <T> T ask(
      EngineConnection connection,
      ClassicHttpRequest request,
      String name,
      EngineCall.Content<T> reader) {
    try (var call = call(connection, request, name, bounds.response())) {
      ClassicHttpResponse response = call.exchange();
      check(call, response, name);
      return call.whole(response, reader);
    }
  }

  private EngineStream open(ClassicHttpRequest request, String name) {
    try (var call = call(connections.fresh(), request, name, bounds.response())) {
      ClassicHttpResponse response = call.exchange();
      check(call, response, name);
      return call.goesOn(response);
    }
  }

  private EngineCall call(
      EngineConnection connection, ClassicHttpRequest request, String name, Duration time) {
    return new EngineCall(address, connections, connection, request, name, time);
  }

  private void check(EngineCall call, ClassicHttpResponse response, String name) {
    int status = response.getCode();
    if (status / 100 != 2 && status != 304) {
      byte[] said = call.whole(response, content -> content.readNBytes(ERROR_BYTES_MAX));
      throw EngineErrors.refused(address, name, status, said);
    }
  }

  private ClassicHttpRequest request(
      String method,
      String path,
      Map<String, String> query,
      @Nullable JsonNode body,
      Map<String, String> headers) {
    String target = "/v" + version + RequestTargets.target(path, query);
    var request = new BasicClassicHttpRequest(method, null, authority, target);
    headers.forEach(request::addHeader);
    request.setHeader("User-Agent", "weir");
    if (body != null) {
      request.setEntity(new ByteArrayEntity(EngineJson.bytes(body), ContentType.APPLICATION_JSON));
    }
    return request;
  }
}
