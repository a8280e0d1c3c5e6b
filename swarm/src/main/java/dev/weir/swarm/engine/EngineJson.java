package dev.weir.swarm.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Bytes to JSON trees and back. Trees, never classes of ours: a field that we do not know must
/// survive being read and written.
///
/// What is read is bounded in depth, in the length of a text and in the number of values.
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

  /// A tree; the missing node for no bytes at all.
  static JsonNode parse(byte[] bytes) {
    return bytes.length == 0 ? MissingNode.getInstance() : MAPPER.readTree(bytes);
  }

  /// A tree of all that comes; the missing node if nothing does.
  static JsonNode parse(BoundedStream content) {
    return MAPPER.readTree(content);
  }

  /// What becomes of each item of a list, of which only one at a time is held as a tree.
  static <T> List<T> items(BoundedStream content, long itemBytes, Function<JsonNode, T> each) {
    var items = new ArrayList<T>();
    try (JsonParser parser = ITEMS.createParser(content)) {
      expect(parser, parser.nextToken(), JsonToken.START_ARRAY);
      content.part(itemBytes);
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        expect(parser, parser.currentToken(), JsonToken.START_OBJECT);
        items.add(each.apply(parser.readValueAsTree()));
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
