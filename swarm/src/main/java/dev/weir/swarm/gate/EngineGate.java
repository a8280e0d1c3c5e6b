package dev.weir.swarm.gate;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Sends the requests that its presets allow to an Engine, for clients that must not reach it
/// themselves. Thread-safe.
public final class EngineGate {
  /// The greatest length of a body that may pass, in bytes.
  public static final int BODY_BYTES_MAX = 1 << 20;

  private static final String PING = "/_ping";
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int FORBIDDEN = 403;
  private static final int BAD_GATEWAY = 502;

  private static final String NO_SUCH_POST =
      "only GET without a body passes here, and a few POSTs of the presets scale and console-write with Content-Length"
          + " and Content-Type: application/json";

  private final Engine engine;
  private final Set<Preset> presets;
  private final ScaleWrites writes;

  /// A gate for the requests of these presets.
  public EngineGate(Engine engine, Set<Preset> presets) {
    this.engine = engine;
    this.presets = EnumSet.copyOf(presets);
    this.writes = new ScaleWrites(engine, this.presets);
  }

  /// The result of a request.
  public sealed interface Reply {}

  /// The Engine responds; the API version that both it and Weir know.
  public record Alive(String apiVersion) implements Reply {}

  /// The Engine's response, to be forwarded as it comes and then closed.
  ///
  /// @param endless whether the response has no fixed end
  public record Passed(EngineStream stream, boolean endless) implements Reply {}

  /// Something was changed.
  ///
  /// @param json the Engine's response
  public record Written(int status, String json) implements Reply {}

  /// A status and its reason, as JSON in the Engine's own form.
  ///
  /// @param forbidden whether the gate refused it, rather than the Engine
  public record Refused(int status, String json, boolean forbidden) implements Reply {}

  /// Responds to a request whose body was not read.
  ///
  /// @param plain whether it has no body and does not ask to leave HTTP
  public Reply ask(String method, String target, boolean plain) {
    if (!plain || !method.equals("GET")) {
      return forbidden(mayWrite() ? NO_SUCH_POST : "only GET without a body passes here");
    }
    try {
      if (target.equals(PING)) {
        return alive();
      }
      Optional<AllowedRequest> question = AllowedRequest.of(target, presets);
      if (question.isEmpty()) {
        return forbidden("this request is not allowed here (allowed: %s)".formatted(names()));
      }
      AllowedRequest one = question.get();
      return new Passed(engine.read(one.version(), one.path(), one.query()), one.endless());
    } catch (EngineException e) {
      return refused(e);
    }
  }

  /// Whether a request of this head, with a body, may pass if the body is right; then
  /// [#post(String, String)] is to be asked.
  public boolean wantsBody(String method, String target) {
    return method.equals("POST") && mayWrite() && AllowedWrite.of(target).isPresent();
  }

  private boolean mayWrite() {
    return presets.stream().anyMatch(Preset.WRITING::contains);
  }

  /// Responds to a POST with JSON as its body.
  public Reply post(String target, String body) {
    Optional<AllowedWrite> write = mayWrite() ? AllowedWrite.of(target) : Optional.empty();
    if (write.isEmpty()) {
      return forbidden(NO_SUCH_POST);
    }
    try {
      JsonNode said = writes.write(write.get(), body);
      int status = write.get() instanceof AllowedWrite.ConfigCreate ? CREATED : OK;
      return new Written(status, said.isObject() ? said.toString() : "{}");
    } catch (ForbiddenException e) {
      return forbidden(e.why());
    } catch (EngineException e) {
      return refused(e);
    }
  }

  private static Refused refused(EngineException e) {
    return new Refused(e.status() == 0 ? BAD_GATEWAY : e.status(), json(e.message()), false);
  }

  private Alive alive() {
    try (EngineStream said = engine.read(engine.apiVersion(), PING, Map.of())) {
      said.transferTo(OutputStream.nullOutputStream());
      return new Alive(engine.apiVersion());
    } catch (IOException e) {
      return new Alive(engine.apiVersion()); // its head had come
    }
  }

  private String names() {
    return presets.stream().map(Preset::label).collect(Collectors.joining(", "));
  }

  private static Refused forbidden(String why) {
    return new Refused(FORBIDDEN, json("weir socket-proxy: " + why), true);
  }

  private static String json(String message) {
    return JsonNodeFactory.instance.objectNode().put("message", message).toString();
  }
}
