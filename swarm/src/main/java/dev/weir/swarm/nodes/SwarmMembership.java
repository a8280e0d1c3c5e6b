package dev.weir.swarm.nodes;

import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One Engine's membership in a swarm: creating one, joining, leaving, and tokens for others.
public final class SwarmMembership {
  /// Where managers listen by default.
  static final int PORT = 2377;

  private static final Pattern TOKEN = Pattern.compile("SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}");
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int TRIES_MAX = 10;

  private final Engine engine;

  /// The role that a token grants.
  public enum Role {
    /// Runs tasks.
    WORKER,
    /// Runs tasks and makes the swarm's decisions.
    MANAGER;

    private String field() {
      return this == WORKER ? "Worker" : "Manager";
    }
  }

  /// The membership of this Engine.
  public SwarmMembership(Engine engine) {
    this.engine = engine;
  }

  /// Makes a swarm of this machine only, and returns its node id.
  ///
  /// @param advertise the address, `address:port` or interface for other machines; without it the
  ///   Engine uses its only address
  public String init(Optional<String> advertise, Optional<String> listen) {
    ObjectNode body = MAPPER.createObjectNode();
    body.put("ListenAddr", listen.orElse("0.0.0.0:" + PORT));
    advertise.ifPresent(address -> body.put("AdvertiseAddr", address));
    return init(body);
  }

  /// Makes a swarm of this machine only, and returns its node id.
  ///
  /// @param address the IP address for other machines, and for the traffic of overlays
  /// @param labels of the swarm itself, there from its first moment
  public String init(String address, Map<String, String> labels) {
    ObjectNode body = placed(address);
    ObjectNode set = body.putObject("Spec").putObject("Labels");
    labels.forEach(set::put);
    return init(body);
  }

  private String init(ObjectNode body) {
    try {
      return engine.post("/swarm/init", Map.of(), body).asString("");
    } catch (EngineException e) {
      throw reported(e);
    }
  }

  /// Joins the swarm that a manager at `remote` belongs to.
  public void join(String remote, String token, Optional<String> advertise) {
    ObjectNode body = MAPPER.createObjectNode();
    body.put("ListenAddr", "0.0.0.0:" + PORT);
    advertise.ifPresent(address -> body.put("AdvertiseAddr", address));
    body.putArray("RemoteAddrs").add(remote(remote));
    join(body, token);
  }

  /// Joins the swarm of some managers.
  ///
  /// @param managers their addresses; the first that responds is used
  /// @param address the IP address for other machines, and for the traffic of overlays
  public void join(List<String> managers, String token, String address) {
    ObjectNode body = placed(address);
    ArrayNode remotes = body.putArray("RemoteAddrs");
    managers.forEach(manager -> remotes.add(remote(manager)));
    join(body, token);
  }

  private static ObjectNode placed(String address) {
    ObjectNode body = MAPPER.createObjectNode();
    body.put("ListenAddr", "0.0.0.0:" + PORT);
    body.put("AdvertiseAddr", address);
    return body.put("DataPathAddr", address);
  }

  private void join(ObjectNode body, String token) {
    body.put("JoinToken", checked(token));
    try {
      engine.post("/swarm/join", Map.of(), body);
    } catch (EngineException e) {
      throw reported(e);
    }
  }

  /// Leaves the swarm. `force` is needed on a manager, whose departure may end the swarm.
  public void leave(boolean force) {
    try {
      engine.post("/swarm/leave", force ? Map.of("force", "true") : Map.of(), null);
    } catch (EngineException e) {
      throw reported(e);
    }
  }

  /// The token for joining in a role.
  public String token(Role role) {
    return engine.get("/swarm").path("JoinTokens").path(role.field()).asString("");
  }

  /// Makes a new token; the old one stops working.
  public String rotatedToken(Role role) {
    update(Map.of("rotate" + role.field() + "Token", "true"), spec -> spec);
    return token(role);
  }

  /// Makes new tokens for both roles, and changes the swarm's labels in the same step.
  public void rotateTokens(UnaryOperator<Map<String, String>> labels) {
    update(
        Map.of("rotateWorkerToken", "true", "rotateManagerToken", "true"),
        spec -> labelled(spec, labels));
  }

  /// Changes the swarm's own labels.
  public void relabel(UnaryOperator<Map<String, String>> labels) {
    update(Map.of(), spec -> labelled(spec, labels));
  }

  private static ObjectNode labelled(ObjectNode spec, UnaryOperator<Map<String, String>> change) {
    var labels = new TreeMap<String, String>();
    spec.path("Labels").forEachEntry((name, value) -> labels.put(name, value.asString("")));
    ObjectNode set = spec.putObject("Labels");
    change.apply(labels).forEach(set::put);
    return spec;
  }

  private void update(Map<String, String> more, UnaryOperator<ObjectNode> change) {
    for (int tries = 1; ; tries++) {
      JsonNode swarm = engine.get("/swarm");
      var query = new LinkedHashMap<>(more);
      query.put("version", swarm.path("Version").path("Index").asString("0"));
      try {
        engine.post("/swarm/update", query, change.apply((ObjectNode) swarm.path("Spec")));
        return;
      } catch (EngineException e) {
        if (e.reason() != Reason.OUT_OF_SEQUENCE || tries == TRIES_MAX) {
          throw e;
        }
      }
    }
  }

  /// A manager's address with its port.
  static String remote(String typed) {
    String remote = typed.strip();
    if (remote.isEmpty() || remote.contains("/") || remote.contains(" ")) {
      throw new UserError(
          "HOST:PORT: %s (expected: a manager's address, such as 10.0.0.4:2377)".formatted(typed));
    }
    boolean bare = remote.indexOf(':') != remote.lastIndexOf(':') && !remote.startsWith("[");
    String host = bare ? "[" + remote + "]" : remote;
    return host.matches(".*[^:]:[0-9]+|\\[.*]:[0-9]+") ? host : host + ":" + PORT;
  }

  /// Refuses an obviously wrong token, without repeating it: it may be a secret.
  private static String checked(String token) {
    String stripped = token.strip();
    if (!TOKEN.matcher(stripped).matches()) {
      throw new UserError(
          "token: %d characters, not shown (expected: SWMTKN-1-…, what 'weir swarm token worker' prints on a manager)"
              .formatted(stripped.length()));
    }
    return stripped;
  }

  private RuntimeException reported(EngineException e) {
    String said = e.message().toLowerCase(Locale.ROOT);
    if (said.contains("already part of a swarm")) {
      return new UserError(
          "%s is in a swarm already (see it: weir swarm status; leave it: weir swarm leave)"
              .formatted(engine.address()),
          e);
    }
    if (said.contains("timeout was reached before node joined")) {
      return new UserError(
          ("HOST:PORT: no manager responded in time, and the engine tries on (is port 2377 open there?"
              + " see: weir swarm status; give up: weir swarm leave --force)"),
          e);
    }
    if (said.contains("valid join token")) {
      return new UserError(
          "token: the manager does not know it (expected: what 'weir swarm token worker' prints there now; it may have been rotated)",
          e);
    }
    if (said.contains("multiple addresses") || said.contains("could not choose an ip")) {
      return new UserError(
          "--advertise-addr: not given, and %s (expected: the one that other nodes reach)"
              .formatted(e.message().replaceFirst(" - specify one.*", "")),
          e);
    }
    if (said.contains("not part of a swarm") || e.reason() == Reason.NO_SWARM) {
      return new UserError("%s is in no swarm".formatted(engine.address()), e);
    }
    if (said.contains("participating as a manager")) {
      return new UserError(
          "%s is a manager (the last one's going ends the swarm and all services; to leave anyway: --force)"
              .formatted(engine.address()),
          e);
    }
    return e;
  }
}
