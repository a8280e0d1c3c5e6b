package dev.weir.swarm.engine;

import dev.weir.swarm.engine.EngineException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A Docker Engine, asked over its HTTP API in the newest version that both it and we know.
///
/// Answers are JSON trees, so nothing is lost of what we do not know. May be used by many threads.
/// Every failure is an [EngineException] whose message is one line for the user.
public final class Engine implements AutoCloseable {
  /// How long an answer may take. Creating a service looks its image up in a registry, which takes
  /// some 20 s where there is none.
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private static final Duration PING = Duration.ofSeconds(10);

  /// The largest answer that is read whole: 5,000 tasks take some 20 MiB.
  static final int ANSWER_BYTES_MAX = 128 << 20;

  private static final int COMPLAINT_BYTES_MAX = 64 << 10;

  private final EngineAddress address;
  private final Wires wires;
  private final URIAuthority authority;
  private ApiVersion version = ApiVersion.OURS;

  private Engine(EngineAddress address) {
    this.address = address;
    this.wires = new Wires(address);
    this.authority =
        switch (address) {
          case EngineAddress.Unix _ -> new URIAuthority("docker");
          case EngineAddress.Tcp(var host, var port, _) -> new URIAuthority(host, port);
        };
  }

  /// Connects and agrees on a version.
  ///
  /// @throws EngineException if it does not answer, or no version is known to both
  public static Engine connect(EngineAddress address) {
    var engine = new Engine(address);
    try {
      engine.version = engine.negotiate();
      return engine;
    } catch (EngineException e) {
      engine.close();
      throw e;
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

  /// Asks; the missing node is an empty answer.
  public JsonNode get(String path) {
    return get(path, Map.of());
  }

  /// Asks; the missing node is an empty answer.
  public JsonNode get(String path, Map<String, String> query) {
    return get(path, query, Map.of());
  }

  /// Asks with headers, such as `X-Registry-Auth`.
  public JsonNode get(String path, Map<String, String> query, Map<String, String> headers) {
    return ask("GET", path, query, null, headers);
  }

  /// Creates or changes something. Status 304, nothing to do, is as good as done.
  public JsonNode post(String path, Map<String, String> query, @Nullable JsonNode body) {
    return post(path, query, body, Map.of());
  }

  /// Creates or changes something, with headers such as `X-Registry-Auth`.
  public JsonNode post(
      String path,
      Map<String, String> query,
      @Nullable JsonNode body,
      Map<String, String> headers) {
    return ask("POST", path, query, body, headers);
  }

  /// Removes something.
  public void delete(String path, Map<String, String> query) {
    ask("DELETE", path, query, null, Map.of());
  }

  /// Starts an answer that goes on: events, logs, the progress of a pull, statistics. The caller
  /// closes it, from any thread.
  public EngineStream stream(
      String method,
      String path,
      Map<String, String> query,
      @Nullable JsonNode body,
      Map<String, String> headers) {
    return open(request(method, path, query, body, headers), wires.fresh(), method + " " + path);
  }

  /// Starts the response to a question in a version of the API that somebody else has agreed on.
  /// The caller closes it, from any thread.
  public EngineStream read(String apiVersion, String path, Map<String, String> query) {
    String target = "/v" + apiVersion + Targets.target(path, query);
    var request = new BasicClassicHttpRequest("GET", null, authority, target);
    request.setHeader("User-Agent", "weir");
    return open(request, wires.fresh(), "GET " + path);
  }

  /// Sends a file, such as a tar archive to `/images/load`, and returns the progress.
  public EngineStream upload(
      String path, Map<String, String> query, String contentType, InputStream content) {
    ClassicHttpRequest request = request("POST", path, query, null, Map.of());
    request.setEntity(new InputStreamEntity(content, ContentType.parse(contentType)));
    return open(request, wires.fresh(), "POST " + path);
  }

  /// Cuts whatever is under way.
  @Override
  public void close() {
    wires.close();
  }

  private ApiVersion negotiate() {
    var request = new BasicClassicHttpRequest("GET", null, authority, "/_ping");
    Wire wire = wires.fresh();
    ClassicHttpResponse answer = exchange(wire, request, "GET /_ping", PING);
    byte[] body = finish(wire, request, answer, "GET /_ping", COMPLAINT_BYTES_MAX);
    Header newest = answer.getFirstHeader("Api-Version");
    if (answer.getCode() / 100 != 2 && newest == null) {
      throw Complaints.refused(address, "GET /_ping", answer.getCode(), body);
    }
    if (newest == null) {
      throw new EngineException(
          Reason.NOT_AN_ENGINE,
          answer.getCode(),
          "no Api-Version",
          "%s: what listens there is no Docker Engine (see DOCKER_HOST or --host)"
              .formatted(address));
    }
    return ApiVersion.agreed(address, newest.getValue());
  }

  private JsonNode ask(
      String method,
      String path,
      Map<String, String> query,
      @Nullable JsonNode body,
      Map<String, String> headers) {
    String name = method + " " + path;
    ClassicHttpRequest request = request(method, path, query, body, headers);
    Wire wire = wires.take();
    ClassicHttpResponse answer;
    try {
      answer = exchange(wire, request, name, ANSWER);
    } catch (EngineException e) {
      // A connection kept from before may have died with the Engine's last start.
      if (!method.equals("GET") || !wire.isKept() || e.reason() != Reason.BROKEN) {
        throw e;
      }
      wire = wires.fresh();
      answer = exchange(wire, request, name, ANSWER);
    }
    boolean good = isGood(answer);
    byte[] bytes =
        finish(wire, request, answer, name, good ? ANSWER_BYTES_MAX : COMPLAINT_BYTES_MAX);
    if (!good) {
      throw Complaints.refused(address, name, answer.getCode(), bytes);
    }
    try {
      return Json.parse(bytes);
    } catch (JacksonException e) {
      throw Complaints.unanswered(address, name, e);
    }
  }

  private static boolean isGood(ClassicHttpResponse answer) {
    return answer.getCode() / 100 == 2 || answer.getCode() == 304;
  }

  private ClassicHttpResponse exchange(
      Wire wire, ClassicHttpRequest request, String name, Duration timeout) {
    try {
      return wire.exchange(request, timeout);
    } catch (IOException | HttpException e) {
      wires.drop(wire);
      throw wires.isClosed() ? wires.closed() : Complaints.unanswered(address, name, e);
    } catch (RuntimeException e) {
      wires.drop(wire);
      throw e;
    }
  }

  /// Reads the answer to its end, and gives the connection back.
  private byte[] finish(
      Wire wire, ClassicHttpRequest request, ClassicHttpResponse answer, String name, int max) {
    boolean reusable = false;
    try {
      HttpEntity entity = answer.getEntity();
      byte[] bytes = entity == null ? new byte[0] : entity.getContent().readNBytes(max + 1);
      if (bytes.length > max) {
        throw new EngineException(
            Reason.TOO_LARGE,
            answer.getCode(),
            "too large",
            "%s: the answer to %s is larger than %d MiB (narrow it by a filter)"
                .formatted(address, name, max >> 20));
      }
      reusable = wire.isReusable(request, answer);
      return bytes;
    } catch (IOException e) {
      throw Complaints.unanswered(address, name, e);
    } finally {
      if (reusable) {
        wires.keep(wire);
      } else {
        wires.drop(wire);
      }
    }
  }

  private EngineStream open(ClassicHttpRequest request, Wire wire, String name) {
    ClassicHttpResponse answer = exchange(wire, request, name, ANSWER);
    if (!isGood(answer)) {
      byte[] said = finish(wire, request, answer, name, COMPLAINT_BYTES_MAX);
      throw Complaints.refused(address, name, answer.getCode(), said);
    }
    try {
      HttpEntity entity = answer.getEntity();
      wire.timeout(Duration.ZERO);
      return new EngineStream(
          entity == null ? InputStream.nullInputStream() : entity.getContent(), wires, wire);
    } catch (IOException e) {
      wires.drop(wire);
      throw Complaints.unanswered(address, name, e);
    }
  }

  private ClassicHttpRequest request(
      String method,
      String path,
      Map<String, String> query,
      @Nullable JsonNode body,
      Map<String, String> headers) {
    String target = "/v" + version + Targets.target(path, query);
    var request = new BasicClassicHttpRequest(method, null, authority, target);
    headers.forEach(request::addHeader);
    request.setHeader("User-Agent", "weir");
    if (body != null) {
      request.setEntity(new ByteArrayEntity(Json.bytes(body), ContentType.APPLICATION_JSON));
    }
    return request;
  }
}
