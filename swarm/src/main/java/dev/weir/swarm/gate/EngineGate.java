package dev.weir.swarm.gate;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;

/// Sends the requests that its presets allow to an Engine, for clients that must not reach it
/// themselves. Thread-safe.
public final class EngineGate {
  private static final String PING = "/_ping";
  private static final int FORBIDDEN = 403;
  private static final int BAD_GATEWAY = 502;

  private final Engine engine;
  private final Set<Preset> presets;

  /// A gate for the requests of these presets.
  public EngineGate(Engine engine, Set<Preset> presets) {
    this.engine = engine;
    this.presets = EnumSet.copyOf(presets);
  }

  /// The result of a request.
  public sealed interface Reply {}

  /// The Engine responds; the API version that both it and Weir know.
  public record Alive(String apiVersion) implements Reply {}

  /// The Engine's response, to be forwarded as it comes and then closed.
  ///
  /// @param endless whether the response has no fixed end
  public record Passed(EngineStream stream, boolean endless) implements Reply {}

  /// A status and its reason, as JSON in the Engine's own form.
  ///
  /// @param forbidden whether the gate refused it, rather than the Engine
  public record Refused(int status, String json, boolean forbidden) implements Reply {}

  /// Responds to a request.
  ///
  /// @param plain whether it has no body and does not ask to leave HTTP
  public Reply ask(String method, String target, boolean plain) {
    if (!plain || !method.equals("GET")) {
      return forbidden("only GET without a body passes here");
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
      return new Refused(e.status() == 0 ? BAD_GATEWAY : e.status(), json(e.message()), false);
    }
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
    return presets.stream()
        .map(preset -> preset.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static Refused forbidden(String why) {
    return new Refused(FORBIDDEN, json("weir socket-proxy: " + why), true);
  }

  private static String json(String message) {
    return JsonNodeFactory.instance.objectNode().put("message", message).toString();
  }
}
