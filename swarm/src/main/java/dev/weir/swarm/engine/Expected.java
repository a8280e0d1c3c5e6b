package dev.weir.swarm.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What a response of status 200 must hold at the least, so that whatever poses as an Engine is
/// told from an Engine that has nothing.
final class Expected {
  private static final Set<String> LISTS =
      Set.of(
          "/services",
          "/tasks",
          "/nodes",
          "/secrets",
          "/configs",
          "/networks",
          "/containers/json",
          "/images/json");

  private Expected() {}

  /// @throws UncheckedIOException if anything is wrong
  static void check(Optional<String> wrong) {
    if (wrong.isPresent()) {
      throw new UncheckedIOException(wrong.get(), new IOException(wrong.get()));
    }
  }

  /// What is wrong with what `GET path` brought; nothing if it may be used.
  static Optional<String> wrong(String path, JsonNode response) {
    if (!LISTS.contains(path)) {
      return response.isObject() ? wrongObject(path, response) : Optional.of("not an object");
    }
    if (!response.isArray()) {
      return Optional.of("not a list");
    }
    for (JsonNode item : response) {
      Optional<String> wrong = wrongItem(path, item);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  /// What is wrong with an item of the list at `path`.
  static Optional<String> wrongItem(String path, JsonNode item) {
    String id = item.path(idOf(path)).asString("");
    if (!item.isObject() || id.isEmpty()) {
      return Optional.of("an item without %s".formatted(idOf(path)));
    }
    boolean whole =
        switch (path) {
          case "/services", "/secrets", "/configs" -> item.path("Spec").path("Name").isString();
          case "/tasks" -> item.path("Status").isObject() && item.path("ServiceID").isString();
          case "/networks" -> item.path("Name").isString();
          default -> true;
        };
    return whole ? Optional.empty() : Optional.of("an item that is incomplete");
  }

  private static Optional<String> wrongObject(String path, JsonNode response) {
    boolean whole =
        switch (path.replaceFirst("(?<=.)/.*", "")) {
          case "/services" -> response.path("Spec").isObject();
          case "/info" -> response.path("Swarm").isObject();
          default -> true;
        };
    return whole ? Optional.empty() : Optional.of("an object that is incomplete");
  }

  private static String idOf(String path) {
    return switch (path) {
      case "/networks", "/containers/json", "/images/json" -> "Id";
      default -> "ID";
    };
  }
}
