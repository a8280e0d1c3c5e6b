package dev.weir.swarm.stack.read;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file of variables, one `NAME=value` a line; `NAME` alone says nothing, and lines that begin
/// with `#` are comments. Values are taken as they stand, quotes included.
final class EnvFile {
  private EnvFile() {}

  /// @throws IllegalArgumentException naming the line that is wrong
  static Map<String, @Nullable Object> parse(String text) {
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    String whole = text.startsWith("\uFEFF") ? text.substring(1) : text;
    int number = 0;
    for (String raw : whole.split("\r?\n", -1)) {
      number++;
      String line = raw.stripLeading();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int cut = line.indexOf('=');
      String name = cut < 0 ? line : line.substring(0, cut);
      if (name.isEmpty() || name.contains(" ") || name.contains("\t")) {
        throw new IllegalArgumentException(
            "line %d: `%s` is no variable name".formatted(number, name));
      }
      // A name without a value is not kept: the docker CLI drops it too.
      if (cut >= 0) {
        variables.put(name, line.substring(cut + 1));
      }
    }
    return variables;
  }
}
