package dev.weir.swarm.stack.read;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file of variables, one `NAME=value` a line. A line with only `NAME` is ignored, and `#` begins
/// a comment line. Values are taken literally, quotes included.
final class EnvFile {
  private EnvFile() {}

  /// @throws IllegalArgumentException naming the wrong line
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
      // A name without a value is dropped, as in the docker CLI.
      if (cut >= 0) {
        variables.put(name, line.substring(cut + 1));
      }
    }
    return variables;
  }
}
