package dev.weir.cluster.record;

import dev.weir.base.Problems;
import dev.weir.base.UserError;
import dev.weir.cluster.record.NodeRecord.Role;
import dev.weir.ssh.SshAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A cluster as JSON that people can read. Fields that this version does not know are refused: a
/// newer Weir wrote them, and writing the file again would lose them.
final class ClusterJson {
  private static final int VERSION = 1;
  private static final Set<String> FIELDS =
      Set.of("version", "name", "provider", "key", "nodes", "settings");
  private static final Set<String> NODE_FIELDS =
      Set.of("name", "role", "address", "advertise", "nodeId");
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Problems problems = new Problems();

  private ClusterJson() {}

  /// The text of a file that holds `cluster`.
  static String write(ClusterRecord cluster) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("version", VERSION);
    root.put("name", cluster.name());
    root.put("provider", word(cluster.provider()));
    cluster.key().ifPresent(key -> root.put("key", key.toString()));
    var nodes = root.putArray("nodes");
    cluster.nodes().forEach(node -> nodes.add(write(node)));
    var settings = root.putObject("settings");
    cluster.settings().forEach(settings::put);
    return MAPPER.writeValueAsString(root) + "\n";
  }

  private static ObjectNode write(NodeRecord node) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("name", node.name());
    json.put("role", word(node.role()));
    json.put("address", node.address().toString());
    json.put("advertise", node.advertise());
    node.nodeId().ifPresent(id -> json.put("nodeId", id));
    return json;
  }

  /// Reads such a text.
  ///
  /// @throws IllegalArgumentException with all that is wrong with it, in one line each
  static ClusterRecord read(String name, String text) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "no JSON: " + e.getOriginalMessage().lines().findFirst().orElse("empty"), e);
    }
    return new ClusterJson().record(name, root);
  }

  private ClusterRecord record(String name, JsonNode root) {
    known(root, FIELDS, "");
    problems.check(
        root.path("version").asInt(0) == VERSION, "version", root.path("version"), "" + VERSION);
    problems.check(
        root.path("name").asString("").equals(name), "name", root.path("name"), "\"" + name + "\"");
    Optional<ClusterRecord.Provider> provider =
        word(ClusterRecord.Provider.values(), root.path("provider"), "provider");
    var nodes = new ArrayList<NodeRecord>();
    problems.check(root.path("nodes").isArray(), "nodes", root.path("nodes"), "a list");
    for (JsonNode node : root.path("nodes")) {
      node(node, "nodes[%d].".formatted(nodes.size())).ifPresent(nodes::add);
      if (!problems.all().isEmpty()) {
        break;
      }
    }
    Optional<Path> key = key(root.path("key"));
    Map<String, String> settings = settings(root.path("settings"));
    List<String> all = problems.all();
    if (!all.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", all));
    }
    return new ClusterRecord(name, provider.orElseThrow(), nodes, key, settings);
  }

  private Optional<NodeRecord> node(JsonNode json, String at) {
    known(json, NODE_FIELDS, at);
    String nodeName = text(json, "name", at);
    String advertise = text(json, "advertise", at);
    Optional<Role> role = word(Role.values(), json.path("role"), at + "role");
    Optional<SshAddress> address = Optional.empty();
    try {
      address = Optional.of(SshAddress.parse(json.path("address").asString(""), at + "address"));
    } catch (UserError e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    JsonNode id = json.path("nodeId");
    if (role.isEmpty() || address.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NodeRecord(
            nodeName,
            role.get(),
            address.get(),
            advertise,
            id.isString() ? Optional.of(id.asString()) : Optional.empty()));
  }

  private String text(JsonNode json, String field, String at) {
    JsonNode value = json.path(field);
    problems.check(value.isString(), at + field, value, "a text");
    return value.asString("");
  }

  private Optional<Path> key(JsonNode json) {
    try {
      return json.isString() ? Optional.of(Path.of(json.asString())) : Optional.empty();
    } catch (InvalidPathException _) {
      problems.check(false, "key", json, "the path of a file");
      return Optional.empty();
    }
  }

  private Map<String, String> settings(JsonNode json) {
    var settings = new TreeMap<String, String>();
    json.properties()
        .forEach(entry -> {
          String name = "settings." + entry.getKey();
          problems.check(entry.getValue().isString(), name, entry.getValue(), "a text");
          settings.put(entry.getKey(), entry.getValue().asString(""));
        });
    return settings;
  }

  private void known(JsonNode json, Set<String> fields, String at) {
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      if (!fields.contains(entry.getKey())) {
        problems.add(
            "%s%s: unknown field (did a newer Weir write it? then use that one)"
                .formatted(at, entry.getKey()));
      }
    }
  }

  private <E extends Enum<E>> Optional<E> word(E[] all, JsonNode json, String setting) {
    for (E one : all) {
      if (word(one).equals(json.asString(""))) {
        return Optional.of(one);
      }
    }
    String expected =
        String.join(" or ", java.util.Arrays.stream(all).map(ClusterJson::word).toList());
    problems.check(false, setting, json, expected);
    return Optional.empty();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
