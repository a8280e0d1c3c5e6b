package dev.weir.cluster.form;

import dev.weir.cluster.host.HostFacts;
import dev.weir.cluster.host.Probe;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;
import dev.weir.swarm.engine.EngineStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Containers of the check on one node: the probe on the check's network, without any rights.
final class CheckContainer {
  /// What the check's network, image and containers are called.
  static final String NAME = "weir-check";

  private static final String IMAGE = NAME + ":1";
  private static final String NOBODY = "65534";
  private static final int LOG_BYTES_MAX = 1 << 16;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Engine engine;
  private final HostFacts facts;
  private final Probe probe;

  CheckContainer(Engine engine, HostFacts facts, Probe probe) {
    this.engine = engine;
    this.facts = facts;
    this.probe = probe;
  }

  /// Makes the image.
  void prepare() throws FormException {
    String said =
        engine.upload(
            "/images/create",
            Map.of("fromSrc", "-", "repo", NAME, "tag", "1"),
            EmptyImage.archive());
    if (said.contains("\"error\"")) {
      throw new FormException("the check's image cannot be made: " + said.strip());
    }
  }

  /// Starts the side that sends back, and returns its address on the network.
  String serve(int seconds, String target) {
    start(NAME + "-serve", List.of("serve", "" + seconds, target));
    return engine
        .get("/containers/" + NAME + "-serve/json")
        .path("NetworkSettings")
        .path("Networks")
        .path(NAME)
        .path("IPAddress")
        .asString("");
  }

  /// Sends, and returns what the probe printed.
  String send(int seconds, String sizes, List<String> addresses, String target) throws IOException {
    String name = NAME + "-send";
    remove(name);
    start(name, List.of("send", "" + seconds, sizes, String.join(",", addresses), target));
    engine.post("/containers/" + name + "/wait", Map.of(), null);
    try (EngineStream log =
        engine.stream(
            "GET",
            "/containers/" + name + "/logs",
            Map.of("stdout", "1", "stderr", "1"),
            null,
            Map.of())) {
      return new String(log.readNBytes(LOG_BYTES_MAX), StandardCharsets.UTF_8);
    }
  }

  /// Removes what is there, also of an earlier run.
  void clean() {
    remove(NAME + "-serve");
    remove(NAME + "-send");
    quietly(() -> engine.delete("/images/" + IMAGE, Map.of("force", "true")));
  }

  private void remove(String name) {
    quietly(() -> engine.delete("/containers/" + name, Map.of("force", "true", "v", "true")));
  }

  /// What is not there is as removed; what cannot be removed is no reason to hide what was found.
  static void quietly(Runnable removal) {
    try {
      removal.run();
    } catch (EngineException e) {
      if (e.reason() == Reason.UNREACHABLE) {
        throw e;
      }
    }
  }

  private void start(String name, List<String> words) {
    engine.post("/containers/create", Map.of("name", name), body(words));
    engine.post("/containers/" + name + "/start", Map.of(), null);
  }

  private ObjectNode body(List<String> words) {
    ObjectNode body = MAPPER.createObjectNode();
    body.put("Image", IMAGE).put("User", NOBODY).put("Tty", true);
    ArrayNode command = body.putArray("Cmd");
    command.add(probe.command()).add(probe.command().contains("python") ? "-c" : "-e");
    command.add(probe.source());
    words.forEach(command::add);
    ObjectNode settings = body.putObject("HostConfig");
    settings.put("NetworkMode", NAME);
    settings.putObject("LogConfig").put("Type", "json-file");
    settings.putArray("CapDrop").add("ALL");
    settings.putArray("SecurityOpt").add("no-new-privileges").add("label=disable");
    ArrayNode binds = settings.putArray("Binds");
    facts.all("folder").forEach(folder -> binds.add(folder + ":" + folder + ":ro"));
    return body;
  }
}
