package dev.weir.swarm.engine;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Bytes to JSON trees and back. Trees, never classes of ours: a field that we do not know must
/// survive being read and written.
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// A tree; the missing node for no bytes at all.
  static JsonNode parse(byte[] bytes) {
    return bytes.length == 0 ? MissingNode.getInstance() : MAPPER.readTree(bytes);
  }

  static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }
}
