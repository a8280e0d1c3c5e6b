package dev.weir.swarm.stack;

import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.stack.read.Stack;
import dev.weir.swarm.stack.read.StackLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Deploys files with Weir and with the docker CLI, each against a [RecordingEngine], and compares
/// what they post leaf by leaf.
final class Comparison {
  /// The client's environment in both, without the machine's own variables.
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PATH",
          "/usr/local/bin:/usr/bin:/bin",
          "HOME",
          "/nonexistent",
          "SET",
          "value",
          "EMPTY",
          "",
          "NUMBER",
          "3");

  private static final String API = "1.47";
  private static final long CLI_SECONDS_MAX = 60;

  /// What one of the two did with a file.
  ///
  /// @param posted by path and name; empty if refused
  /// @param refusal what it said; empty if accepted
  record Outcome(Map<String, JsonNode> posted, String refusal) {
    boolean accepted() {
      return refusal.isEmpty();
    }
  }

  private Comparison() {}

  static Outcome weir(List<Path> files) {
    try (var recorder = new RecordingEngine(API);
        var engine = Engine.connect(EngineAddress.parse("tcp://127.0.0.1:" + recorder.port()))) {
      try {
        Stack stack =
            new StackLoader(ENVIRONMENT, () -> "")
                .load(files.stream().map(Path::toString).toList());
        new StackDeploy(engine, DeployOptions.defaults(), _ -> {}).deploy(stack, "stk");
        return new Outcome(recorder.posted(), "");
      } catch (IllegalArgumentException | UserError e) {
        return new Outcome(Map.of(), String.valueOf(e.getMessage()));
      }
    }
  }

  static Outcome docker(List<Path> files) throws IOException, InterruptedException {
    try (var recorder = new RecordingEngine(API)) {
      List<String> command = new ArrayList<>(List.of("docker", "stack", "deploy", "--detach=true"));
      files.forEach(file -> command.addAll(List.of("-c", file.toString())));
      command.add("stk");
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(ENVIRONMENT);
      builder.environment().put("DOCKER_HOST", "tcp://127.0.0.1:" + recorder.port());
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(CLI_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("docker stack deploy did not end: " + files);
      }
      boolean accepted = process.exitValue() == 0;
      return new Outcome(
          accepted ? recorder.posted() : Map.of(), accepted ? "" : "docker: " + said.strip());
    }
  }

  /// The differences of two sets of posts, each a line.
  static List<String> differences(Map<String, JsonNode> expected, Map<String, JsonNode> actual) {
    List<String> out = new ArrayList<>();
    Set<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    for (String key : keys) {
      JsonNode left = expected.get(key);
      JsonNode right = actual.get(key);
      if (left == null || right == null) {
        out.add("%s: only the %s posts it".formatted(key, left == null ? "weir" : "docker CLI"));
      } else {
        compare(key, left, right, out);
      }
    }
    return out;
  }

  private static void compare(String path, JsonNode expected, JsonNode actual, List<String> out) {
    if (expected.isObject() && actual.isObject()) {
      Set<String> keys = new TreeSet<>(expected.propertyNames());
      keys.addAll(actual.propertyNames());
      for (String key : keys) {
        compare(path + "/" + key, expected.path(key), actual.path(key), out);
      }
    } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
      for (int i = 0; i < expected.size(); i++) {
        compare(path + "[" + i + "]", expected.get(i), actual.get(i), out);
      }
    } else if (!isSame(expected, actual)) {
      out.add("%s: docker CLI %s, weir %s".formatted(path, expected, actual));
    }
  }

  private static boolean isSame(JsonNode expected, JsonNode actual) {
    if (expected.isNumber() && actual.isNumber()) {
      return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
    }
    return expected.equals(actual);
  }

  /// How many values there are at the ends of the trees.
  static int leaves(JsonNode node) {
    int leaves = node.isContainer() ? 0 : 1;
    for (JsonNode child : node) {
      leaves += leaves(child);
    }
    return leaves;
  }
}
