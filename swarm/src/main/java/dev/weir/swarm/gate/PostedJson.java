package dev.weir.swarm.gate;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the JSON of clients, which two parsers must not be able to read differently. It is bounded
/// in depth and in number of values.
final class PostedJson {
  private static final int DEPTH_MAX = 100;
  private static final int TOKENS_MAX = 100_000;

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxTokenCount(TOKENS_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private PostedJson() {}

  /// The only object of a body.
  ///
  /// @throws ForbiddenException if it has anything else
  static ObjectNode object(String body) throws ForbiddenException {
    try {
      if (STRICT.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException _) {
      // Its words could repeat the body.
    }
    throw new ForbiddenException("the body is no JSON object, or repeats a key, or is too deep");
  }
}
