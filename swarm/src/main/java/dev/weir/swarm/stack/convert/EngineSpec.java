package dev.weir.swarm.stack.convert;

import dev.weir.swarm.stack.read.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A JSON object for the Engine that omits empty values.
final class EngineSpec {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ObjectNode node = JSON.objectNode();

  ObjectNode node() {
    return node;
  }

  /// Puts a value even if it is empty.
  EngineSpec always(String key, @Nullable Object value) {
    node.set(key, json(value));
    return this;
  }

  /// Puts a value unless it is absent, empty, zero or false.
  EngineSpec put(String key, @Nullable Object value) {
    return isEmpty(value) ? this : always(key, value);
  }

  /// Puts a value unless it is absent.
  EngineSpec given(String key, @Nullable Object value) {
    return value == null ? this : always(key, value);
  }

  private static boolean isEmpty(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case String text -> text.isEmpty();
      case List<?> list -> list.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      case Boolean flag -> !flag;
      case Long number -> number == 0;
      case ArrayNode array -> array.isEmpty();
      default -> false;
    };
  }

  private static JsonNode json(@Nullable Object value) {
    return switch (value) {
      case null -> JSON.nullNode();
      case EngineSpec spec -> spec.node;
      case JsonNode json -> json;
      case Boolean flag -> JSON.booleanNode(flag);
      case Long number -> JSON.numberNode(number);
      case Float number -> JSON.numberNode(number);
      case List<?> list -> {
        ArrayNode array = JSON.arrayNode();
        list.forEach(item -> array.add(json(item)));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = JSON.objectNode();
        map.forEach((key, item) -> object.set(key.toString(), json(item)));
        yield object;
      }
      default -> JSON.stringNode(Values.text(value));
    };
  }
}
