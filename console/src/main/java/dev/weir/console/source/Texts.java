package dev.weir.console.source;

import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// Texts and instants of the Engine's objects.
final class Texts {
  private Texts() {}

  /// A text, of bounded length; empty if there is none.
  static String of(JsonNode node, String field) {
    return Fields.bounded(node.path(field).asString(""));
  }

  /// An instant in milliseconds since 1970; 0 if there is none.
  static long millis(JsonNode node, String field) {
    try {
      return Math.max(0, Instant.parse(node.path(field).asString("")).toEpochMilli());
    } catch (DateTimeException | ArithmeticException _) {
      return 0;
    }
  }

  /// The name of an image without its digest, as people know it.
  static String image(JsonNode spec) {
    String image = of(spec.path("ContainerSpec"), "Image");
    int at = image.indexOf('@');
    return at < 0 || image.startsWith("sha256:") ? image : image.substring(0, at);
  }
}
