package dev.weir.swarm.stack.read;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of networks, volumes, secrets and configs.
final class ObjectFields {
  /// `true`, or a mapping with the name in its old place; `false` counts as absent.
  private static final Field EXTERNAL =
      (value, _, _) -> {
        if (value instanceof Map) {
          Object name = Values.map(value).get("name");
          return name == null ? Map.of() : Map.of("name", name);
        }
        return Boolean.TRUE.equals(value) ? Map.of() : null;
      };

  private static final Fields.Struct NETWORK =
      Fields.struct(
          Map.of(
              "name", Fields.TEXT,
              "driver", Fields.TEXT,
              "driver_opts", Fields.LABELS,
              "ipam",
                  Fields.struct(
                      Map.of(
                          "driver",
                          Fields.TEXT,
                          "config",
                          Fields.listOf(Fields.struct(Map.of("subnet", Fields.TEXT))))),
              "external", EXTERNAL,
              "internal", Fields.FLAG,
              "attachable", Fields.FLAG,
              "labels", Fields.LABELS));

  /// A cluster volume's fields are not sent with a service, but its sizes must be valid.
  private static final Fields.Struct CLUSTER_SPEC =
      Fields.struct(
          Map.of(
              "group", Fields.RAW,
              "access_mode", Fields.RAW,
              "accessibility_requirements", Fields.RAW,
              "availability", Fields.RAW,
              "capacity_range",
                  Fields.struct(
                      Map.of("required_bytes", Fields.SIZE, "limit_bytes", Fields.SIZE))));

  private static final Fields.Struct VOLUME =
      Fields.struct(
          Map.of(
              "name", Fields.TEXT,
              "driver", Fields.TEXT,
              "driver_opts", Fields.LABELS,
              "external", EXTERNAL,
              "labels", Fields.LABELS,
              "x-cluster-spec", CLUSTER_SPEC));

  private static final Fields.Struct FILE_OBJECT =
      Fields.struct(
          Map.of(
              "name", Fields.TEXT,
              "file", Fields.TEXT,
              "external", EXTERNAL,
              "labels", Fields.LABELS,
              "driver", Fields.TEXT,
              "driver_opts", Fields.LABELS,
              "template_driver", Fields.TEXT));

  /// The sections and the keys of their entries.
  static final Map<String, Fields.Struct> SECTIONS =
      Map.of(
          "networks", NETWORK, "volumes", VOLUME, "secrets", FILE_OBJECT, "configs", FILE_OBJECT);

  private ObjectFields() {}

  /// Reads one section: name to keys.
  static Map<String, Object> read(String section, FileProblems fileProblems) {
    Map<String, Object> out = new LinkedHashMap<>();
    Fields.Struct fields = SECTIONS.get(section);
    if (fields == null) {
      return out;
    }
    Values.map(fileProblems.file().root().get(section))
        .forEach((name, value) -> {
          String path = Paths.key(section, name);
          Map<String, Object> keys =
              value == null ? new HashMap<>() : fields.read(value, fileProblems, path);
          settleExternal(section, name, keys, fileProblems, path);
          out.put(name, keys);
        });
    return out;
  }

  /// Does not warn for versions that have only the old form.
  private static void warnOfOldName(String section, FileProblems fileProblems, String path) {
    String version = StackLoader.version(fileProblems.file());
    int since = section.equals("volumes") ? 4 : 5;
    if (version.matches("3\\.\\d{1,2}") && Integer.parseInt(version.substring(2)) >= since) {
      fileProblems.warn(path, "`external.name` is the old form; write `external: true` and `name`");
    }
  }

  /// Sets the name of an external object; `external` is then just true.
  private static void settleExternal(
      String section,
      String name,
      Map<String, Object> keys,
      FileProblems fileProblems,
      String path) {
    Object external = keys.get("external");
    if (external == null) {
      if (keys.containsKey("driver") && keys.containsKey("file")) {
        fileProblems.at(path, "takes `driver` or `file`, not both");
      }
      return;
    }
    if (section.equals("volumes")) {
      for (String other : new String[] {"driver", "driver_opts", "labels"}) {
        Object value = keys.get(other);
        if (value != null && !Map.of().equals(value)) {
          fileProblems.at(path, "is external, so `%s` has no effect; remove one".formatted(other));
        }
      }
    }
    @Nullable Object old = Values.map(external).get("name");
    if (old instanceof String text && !text.isEmpty()) {
      if (keys.containsKey("name")) {
        fileProblems.at(path, "has `external.name` and `name`; keep `name`");
      }
      keys.put("name", text);
      warnOfOldName(section, fileProblems, path);
    }
    keys.putIfAbsent("name", name);
    keys.put("external", true);
  }
}
