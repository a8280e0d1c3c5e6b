package dev.weir.swarm.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Converts bytes to JSON trees and back. It uses trees, not classes, so that fields unknown to
/// Weir survive reading and writing.
///
/// Input is bounded in depth, length of texts and number of values.
final class EngineJson {
  private static final int DEPTH_MAX = 100;
  private static final int TEXT_MAX = 4 << 20;

  private static final JsonMapper MAPPER = mapper(Bounds.STANDARD.treeTokens());
  private static final JsonMapper ITEMS = mapper(Long.MAX_VALUE);

  private EngineJson() {}

  private static JsonMapper mapper(long tokensMax) {
    var constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEPTH_MAX)
            .maxStringLength(TEXT_MAX)
            .maxTokenCount(tokensMax)
            .build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
        .build();
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /// A tree; the missing node for empty input.
  static JsonNode parse(byte[] bytes) {
    return bytes.length == 0 ? MissingNode.getInstance() : finite(MAPPER.readTree(bytes));
  }

  /// A tree of the whole content; the missing node if it is empty.
  static JsonNode parse(BoundedStream content) {
    return finite(MAPPER.readTree(content));
  }

  /// The same tree. A number like 1e999 would become infinity, and be written back as a text.
  ///
  /// @throws JacksonException if it has a number that no double can hold
  private static JsonNode finite(JsonNode tree) {
    if (tree.isDouble() && !Double.isFinite(tree.doubleValue())) {
      throw DatabindException.from((JsonParser) null, "a number out of range");
    }
    tree.forEach(EngineJson::finite);
    return tree;
  }

  /// The results of `each` for the items of a list; only one item at a time is in memory as a tree.
  static <T> List<T> items(BoundedStream content, long itemBytes, Function<JsonNode, T> each) {
    var items = new ArrayList<T>();
    try (JsonParser parser = ITEMS.createParser(content)) {
      expect(parser, parser.nextToken(), JsonToken.START_ARRAY);
      content.part(itemBytes);
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        expect(parser, parser.currentToken(), JsonToken.START_OBJECT);
        JsonNode item = parser.readValueAsTree();
        items.add(each.apply(finite(item)));
        content.part(itemBytes);
      }
      expect(parser, parser.nextToken(), null);
    }
    return items;
  }

  private static void expect(
      JsonParser parser, @Nullable JsonToken found, @Nullable JsonToken expected) {
    if (found != expected) {
      throw new StreamReadException(parser, "not a list of objects");
    }
  }

  static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }
}
