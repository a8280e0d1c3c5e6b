package dev.weir.swarm.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.stack.read.Stack;
import dev.weir.swarm.stack.read.StackLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Deploys against an Engine that records.
class StackDeployTest {
  @TempDir private Path folder;

  private Map<String, JsonNode> deploy(String text, DeployOptions options, List<String> said)
      throws Exception {
    Path file = folder.resolve("stack.yml");
    Files.writeString(file, text);
    try (var recorder = new RecordingEngine("1.41");
        var engine = Engine.connect(EngineAddress.parse("tcp://127.0.0.1:" + recorder.port()))) {
      recorder.existing("stk_web", 7);
      Stack stack = new StackLoader(Map.of(), () -> "").load(List.of(file.toString()));
      new StackDeploy(engine, options, said::add).deploy(stack, "stk");
      return recorder.posted();
    }
  }

  private static DeployOptions options(boolean reset, Map<String, Long> replicas, boolean content) {
    return new DeployOptions(
        true, DeployOptions.ResolveImage.NEVER, _ -> Map.of(), reset, replicas, content);
  }

  private static long replicas(Map<String, JsonNode> posted) {
    JsonNode spec = posted.get("services/id-stk_web/update stk_web");
    assertThat(spec).isNotNull();
    return spec.path("Mode").path("Replicated").path("Replicas").asLong(-1);
  }

  @Test
  void aRedeployKeepsTheRunningReplicas() throws Exception {
    String text = "services: {web: {image: a, deploy: {replicas: 2}}}";
    List<String> said = new ArrayList<>();
    assertThat(replicas(deploy(text, options(false, Map.of(), false), said))).isEqualTo(7);
    assertThat(said)
        .contains(
            "Kept the running replica counts of web (--reset-replicas sets those of the file)");
    assertThat(replicas(deploy(text, options(true, Map.of(), false), said))).isEqualTo(2);
    assertThat(replicas(deploy(text, options(false, Map.of("web", 4L), false), said))).isEqualTo(4);
  }

  @Test
  void pruneRemovesWhatNoFileNames() throws Exception {
    List<String> said = new ArrayList<>();
    Map<String, JsonNode> posted =
        deploy("services: {other: {image: a}}", options(false, Map.of(), false), said);
    assertThat(said).contains("Removing service stk_web");
    assertThat(posted).containsKey("services/create stk_other");
  }

  @Test
  void anOldEngineIsAskedToCheckNetworkNames() throws Exception {
    Map<String, JsonNode> posted =
        deploy("services: {web: {image: a}}", options(false, Map.of(), false), new ArrayList<>());
    JsonNode network = posted.get("networks/create stk_default");
    assertThat(network).isNotNull();
    assertThat(network.path("CheckDuplicate").asBoolean(false)).isTrue();
  }

  @Test
  void contentNamesChangeWithTheContent() throws Exception {
    String text = "services: {web: {image: a, configs: [c]}}\nconfigs: {c: {file: data.txt}}\n";
    Files.writeString(folder.resolve("data.txt"), "one");
    var first = deploy(text, options(false, Map.of(), true), new ArrayList<>()).keySet();
    Files.writeString(folder.resolve("data.txt"), "two");
    var second = deploy(text, options(false, Map.of(), true), new ArrayList<>()).keySet();
    assertThat(first).anyMatch(key -> key.matches("configs/create stk_c-[0-9a-f]{10}"));
    assertThat(second).isNotEqualTo(first);
  }
}
