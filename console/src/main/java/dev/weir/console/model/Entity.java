package dev.weir.console.model;

import dev.weir.base.Checks;
import dev.weir.base.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that the page shows, with its JSON as it goes out. Two are equal if key and JSON are.
///
/// @param key such as `node/ID`
/// @param json an object on one line
public record Entity(String key, String json) {
  /// @throws IllegalArgumentException if the key is empty, or if the JSON is no object on one line
  public Entity {
    Checks.check(!key.isBlank() && isOneLine(key), "key", key, "a kind and an ID, as in node/x1");
    Checks.check(
        json.startsWith("{") && json.endsWith("}") && isOneLine(json),
        key,
        json,
        "a JSON object on one line");
  }

  /// An entity of these fields, in the order of the map. Fields without a value are left out.
  public static Entity of(String key, Map<String, ? extends @Nullable Object> fields) {
    var known = new LinkedHashMap<String, Object>();
    fields.forEach((name, value) -> {
      if (value != null) {
        known.put(name, value);
      }
    });
    return new Entity(key, JsonText.of(known).strip());
  }

  /// A line break would end an event of the stream, and a tab an entry of the history.
  private static boolean isOneLine(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) < ' ') {
        return false;
      }
    }
    return true;
  }
}
