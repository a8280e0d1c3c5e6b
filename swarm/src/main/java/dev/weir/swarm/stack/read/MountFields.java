package dev.weir.swarm.stack.read;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The volumes of a service: the short form `[SOURCE:]TARGET[:OPTIONS]` becomes the long one.
final class MountFields {
  private static final Set<String> PROPAGATIONS =
      Set.of("rprivate", "private", "rshared", "shared", "rslave", "slave");

  /// One entry of `volumes`.
  static final Field MOUNT =
      (value, fileProblems, path) -> {
        if (!(value instanceof String text)) {
          return MountFields.LONG.read(value, fileProblems, path);
        }
        try {
          return shortForm(text);
        } catch (IllegalArgumentException e) {
          fileProblems.at(path, "`%s`: %s".formatted(text, e.getMessage()));
          return null;
        }
      };

  private static final Field LONG =
      Fields.struct(
          Map.of(
              "type", Fields.TEXT,
              "source", Fields.TEXT,
              "target", Fields.TEXT,
              "read_only", Fields.FLAG,
              "consistency", Fields.TEXT,
              "bind", Fields.struct(Map.of("propagation", Fields.TEXT)),
              "volume", Fields.struct(Map.of("nocopy", Fields.FLAG, "subpath", Fields.TEXT)),
              "tmpfs", Fields.struct(Map.of("size", Fields.SIGNED))));

  private MountFields() {}

  private static Map<String, Object> shortForm(String text) {
    Map<String, Object> mount = new LinkedHashMap<>();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty (expected: SOURCE:TARGET)");
    }
    int start = 0;
    while (text.length() > 2 && start <= text.length()) {
      int end = sectionEnd(text, start);
      section(text.substring(start, end), end == text.length(), mount);
      start = end + 1;
    }
    if (text.length() <= 2) {
      mount.put("target", text);
    }
    mount.put("type", isPath(mount.getOrDefault("source", "").toString()) ? "bind" : "volume");
    return mount;
  }

  /// The end of the section; `C:` at its start is a drive, not an end.
  private static int sectionEnd(String text, int start) {
    int end = text.indexOf(':', start);
    if (end == start + 1 && Character.isLetter(text.charAt(start))) {
      end = text.indexOf(':', end + 1);
    }
    return end < 0 ? text.length() : end;
  }

  private static void section(String section, boolean last, Map<String, Object> mount) {
    if (section.isEmpty()) {
      throw new IllegalArgumentException("nothing between two colons");
    }
    if (!mount.containsKey("source") && !last) {
      mount.put("source", section);
    } else if (!mount.containsKey("target")) {
      mount.put("target", section);
    } else if (!last) {
      throw new IllegalArgumentException("too many colons (expected: SOURCE:TARGET:OPTIONS)");
    } else {
      options(section, mount);
    }
  }

  private static void options(String section, Map<String, Object> mount) {
    for (String option : section.split(",", -1)) {
      switch (option) {
        case "ro" -> mount.put("read_only", true);
        case "rw" -> mount.remove("read_only");
        case "nocopy" -> mount.put("volume", Map.of("nocopy", true));
        default -> {
          if (PROPAGATIONS.contains(option)) {
            mount.put("bind", Map.of("propagation", option));
          }
          // Other options are ignored, as in the docker CLI: `z` and `Z` mean nothing to Swarm.
        }
      }
    }
  }

  private static boolean isPath(String source) {
    if (source.isEmpty()) {
      return false;
    }
    char first = source.charAt(0);
    return first == '.'
        || first == '/'
        || first == '~'
        || source.startsWith("\\\\")
        || (source.length() > 1 && Character.isLetter(first) && source.charAt(1) == ':');
  }
}
