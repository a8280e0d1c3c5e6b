package dev.weir.swarm.stack.read;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One Compose file as plain values (maps, lists, strings, longs, doubles, booleans, null), with
/// the line of each path.
///
/// @param name as the user gave it
/// @param root the top-level mapping
/// @param lines path (`services.web.ports[0]`) to line, from 1
public record StackFile(
    String name, Map<String, @Nullable Object> root, Map<String, Integer> lines) {

  /// `file:line: path`; without a line of its own, that of the nearest path above.
  public String where(String path) {
    String at = path;
    while (!at.isEmpty() && !lines.containsKey(at)) {
      at = Paths.parent(at);
    }
    Integer line = lines.get(at);
    String place = line == null ? name : name + ":" + line;
    return path.isEmpty() ? place : place + ": " + path;
  }

  /// Whether the file has a value at this path.
  boolean knows(String path) {
    return lines.containsKey(path);
  }

  /// The same file with other values: interpolated ones.
  StackFile with(Map<String, @Nullable Object> other) {
    return new StackFile(name, other, lines);
  }
}
