package dev.weir.cluster.doctor.fact;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Reads fields of the Engine's JSON, where any of them may be absent.
final class Fields {
  private Fields() {}

  /// A text; empty if absent.
  static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  /// A time. The Engine writes years before 1970 for "never".
  static Optional<Instant> time(JsonNode node, String field) {
    try {
      return Optional.of(Instant.parse(text(node, field))).filter(t -> t.isAfter(Instant.EPOCH));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// The items of a list; none if it is null or absent.
  static <T> List<T> items(JsonNode list, Function<JsonNode, T> each) {
    var items = new ArrayList<T>();
    list.forEach(item -> items.add(each.apply(item)));
    return List.copyOf(items);
  }
}
