package dev.weir.swarm.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What a response of status 200 must contain at least. The check distinguishes another program at
/// the address from an Engine with nothing to report.
final class ExpectedShape {
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

  private ExpectedShape() {}

  /// The response to `GET path`, if it is usable.
  ///
  /// @throws UncheckedIOException saying what is wrong with it
  static JsonNode checked(String path, JsonNode response) {
    if (LISTS.contains(path)) {
      require(response.isArray(), "not a list");
      response.forEach(item -> checkItem(path, item));
    } else {
      require(response.isObject(), "not an object");
      require(isWhole(path, response), "an object that is incomplete");
    }
    return response;
  }

  /// Checks an item of the list at `path`.
  ///
  /// @throws UncheckedIOException saying what is wrong with it
  static void checkItem(String path, JsonNode item) {
    String id = idOf(path);
    boolean has = item.isObject() && !item.path(id).asString("").isEmpty();
    require(has, "an item without %s".formatted(id));
    require(isWholeItem(path, item), "an item that is incomplete");
  }

  private static boolean isWholeItem(String path, JsonNode item) {
    return switch (path) {
      case "/services", "/secrets", "/configs" -> item.path("Spec").path("Name").isString();
      case "/tasks" -> item.path("Status").isObject() && item.path("ServiceID").isString();
      case "/networks" -> item.path("Name").isString();
      default -> true;
    };
  }

  private static boolean isWhole(String path, JsonNode response) {
    return switch (path.replaceFirst("(?<=.)/.*", "")) {
      case "/services" -> response.path("Spec").isObject();
      case "/info" -> response.path("Swarm").isObject();
      default -> true;
    };
  }

  private static void require(boolean holds, String wrong) {
    if (!holds) {
      throw new UncheckedIOException(wrong, new IOException(wrong));
    }
  }

  private static String idOf(String path) {
    return switch (path) {
      case "/networks", "/containers/json", "/images/json" -> "Id";
      default -> "ID";
    };
  }
}
