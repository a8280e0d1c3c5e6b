package dev.weir.swarm.stack;

import dev.weir.swarm.engine.Engine;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A registry's data about an image, requested through the Engine.
final class ImageDigests {
  private ImageDigests() {}

  static JsonNode ask(Engine engine, String image, Map<String, String> auth) {
    return engine.get("/distribution/" + image + "/json", Map.of());
  }

  /// Limits a service to the platforms that have an image.
  static void platforms(JsonNode found, ObjectNode spec) {
    JsonNode platforms = found.path("Platforms");
    if (platforms.isEmpty()
        || !(spec.path("TaskTemplate").path("Placement") instanceof ObjectNode placement)) {
      return;
    }
    ArrayNode array = placement.putArray("Platforms");
    for (JsonNode platform : platforms) {
      String architecture = platform.path("architecture").asString("");
      ObjectNode entry = array.addObject();
      // A manifest says arm where the node says armv7l: with a limit, no node would match.
      if (!architecture.toLowerCase(Locale.ROOT).equals("arm") && !architecture.isEmpty()) {
        entry.put("Architecture", architecture);
      }
      String system = platform.path("os").asString("");
      if (!system.isEmpty()) {
        entry.put("OS", system);
      }
    }
  }
}
