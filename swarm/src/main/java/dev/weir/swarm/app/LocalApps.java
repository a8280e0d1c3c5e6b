package dev.weir.swarm.app;

import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.LogFrames;
import dev.weir.swarm.engine.RegistryAuth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Apps as containers of the Engine's own machine.
final class LocalApps {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int LOG_LINES = 8;
  private static final int LOG_BYTES_MAX = 64 << 10;
  private static final Duration LOG_SILENCE_MAX = Duration.ofSeconds(5);

  private final Engine engine;

  LocalApps(Engine engine) {
    this.engine = engine;
  }

  StartedApp run(
      AppSpec app, PullPolicy pull, Duration wait, RegistryAuth auth, StartListener listener) {
    String image = ImagePull.ensure(engine, app.image(), pull, auth, listener);
    String id = create(app);
    try {
      engine.post("/containers/" + id + "/start", Map.of(), null);
      listener.note("started, waiting for a response");
      StartedApp started = await(app, image, id, wait);
      if (started.readiness() instanceof Readiness.Ended) {
        remove(id);
      }
      return started;
    } catch (EngineException e) {
      remove(id);
      throw reported(app, e);
    }
  }

  private StartedApp await(AppSpec app, String image, String id, Duration wait) {
    JsonNode container = engine.get("/containers/" + id + "/json");
    List<String> urls = urls(app, container);
    Readiness readiness =
        urls.isEmpty() || wait.isZero()
            ? ended(id).<Readiness>map(Readiness.Ended::new).orElseGet(Readiness.Running::new)
            : ResponseProbe.await(urls.getFirst(), wait, () -> ended(id));
    String named = image.equals(app.image()) ? image : "%s (%s)".formatted(app.image(), image);
    return new StartedApp(app.name(), named, id, "", urls, readiness);
  }

  private String create(AppSpec app) {
    ObjectNode body = MAPPER.createObjectNode();
    body.put("Image", app.image());
    app.environment().forEach(body.putArray("Env")::add);
    if (!app.arguments().isEmpty()) {
      app.arguments().forEach(body.putArray("Cmd")::add);
    }
    body.putObject("Labels").put(AppSpec.LABEL, app.name());
    ObjectNode exposed = body.putObject("ExposedPorts");
    ObjectNode bindings = body.putObject("HostConfig").putObject("PortBindings");
    for (PublishedPort port : app.ports()) {
      exposed.putObject(port.targetName());
      bindings
          .withArrayProperty(port.targetName())
          .addObject()
          .put("HostIp", port.address())
          .put("HostPort", port.published() == 0 ? "" : Integer.toString(port.published()));
    }
    try {
      return engine
          .post("/containers/create", Map.of("name", app.name()), body)
          .path("Id")
          .asString("");
    } catch (EngineException e) {
      throw reported(app, e);
    }
  }

  private static RuntimeException reported(AppSpec app, EngineException e) {
    if (e.reason() == EngineException.Reason.CONFLICT) {
      return new UserError(
          "--name: %s is in use (remove it: weir app rm %s; or choose another)"
              .formatted(app.name(), app.name()),
          e);
    }
    if (e.message().contains("already allocated") || e.message().contains("already in use")) {
      return new UserError("--publish: the port is in use (%s)".formatted(e.message()), e);
    }
    return e;
  }

  private void remove(String id) {
    engine.delete("/containers/" + id, Map.of("force", "true", "v", "true"));
  }

  /// The TCP ports as the Engine has bound them.
  private List<String> urls(AppSpec app, JsonNode container) {
    var urls = new ArrayList<String>();
    for (PublishedPort port : app.ports()) {
      JsonNode bound =
          container.path("NetworkSettings").path("Ports").path(port.targetName()).path(0);
      if (port.protocol().equals("tcp") && !bound.isMissingNode()) {
        String host = port.address().isEmpty() ? host() : port.address();
        urls.add(url(host, bound.path("HostPort").asString("")));
      }
    }
    return urls;
  }

  static String url(String host, String port) {
    return "http://%s:%s/".formatted(host.contains(":") ? "[" + host + "]" : host, port);
  }

  private String host() {
    return switch (engine.address()) {
      case EngineAddress.Unix _ -> "127.0.0.1";
      case EngineAddress.Tcp tcp -> tcp.host();
      case EngineAddress.Ssh ssh -> ssh.login().address().host();
    };
  }

  private Optional<String> ended(String id) {
    JsonNode state = engine.get("/containers/" + id + "/json").path("State");
    String status = state.path("Status").asString("");
    if (status.equals("running") || status.equals("created") || status.equals("restarting")) {
      return Optional.empty();
    }
    String error = state.path("Error").asString("");
    return Optional.of(
        "%s with code %d%s%s"
            .formatted(
                status,
                state.path("ExitCode").asInt(-1),
                error.isEmpty() ? "" : ", " + error,
                lastLines(id)));
  }

  private String lastLines(String id) {
    var text = new ByteArrayOutputStream();
    Map<String, String> query =
        Map.of("stdout", "true", "stderr", "true", "tail", Integer.toString(LOG_LINES));
    try (var stream =
        engine.stream("GET", "/containers/" + id + "/logs", query, null, Map.of())
            .idleMax(LOG_SILENCE_MAX)) {
      var logs = new LogFrames(stream);
      for (var frame = logs.next();
          frame.isPresent() && text.size() < LOG_BYTES_MAX;
          frame = logs.next()) {
        text.writeBytes(frame.get().bytes());
      }
    } catch (IOException _) {
      // The image on the machine is enough.
    }
    String last = text.toString(StandardCharsets.UTF_8).strip();
    return last.isEmpty()
        ? "; it wrote nothing"
        : "; its last lines:\n  " + last.replace("\n", "\n  ");
  }
}
