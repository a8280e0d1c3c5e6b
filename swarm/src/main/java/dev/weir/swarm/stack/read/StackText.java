package dev.weir.swarm.stack.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// Writes a stack back as one Compose file.
public final class StackText {
  private static final Set<String> DURATIONS =
      Set.of(
          "interval",
          "timeout",
          "start_period",
          "start_interval",
          "stop_grace_period",
          "delay",
          "monitor",
          "window");

  private StackText() {}

  /// One file with the content of all the stack's files: merged, variables replaced, values in
  /// their long form, and without empty keys.
  public static String of(Stack stack) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("version", stack.version());
    for (String section : List.of("services", "networks", "volumes", "secrets", "configs")) {
      Map<String, Object> entries = stack.section(section);
      if (section.equals("services") || !entries.isEmpty()) {
        root.put(section, plain(section, entries));
      }
    }
    root.putAll(stack.extensions());
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndent(2)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setWidth(10_000)
            .build();
    return new Dump(settings).dumpToString(root);
  }

  private static @Nullable Object plain(String key, @Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> out = new TreeMap<>();
        map.forEach((name, item) -> out.put(name.toString(), plain(name.toString(), item)));
        if (key.equals("services")) {
          out.values().forEach(StackText::withoutEnvFiles);
        }
        yield out;
      }
      case List<?> list -> list.stream().map(item -> plain("", item)).toList();
      case Long nanos when DURATIONS.contains(key) -> GoDuration.text(nanos);
      case Long bytes when key.equals("memory") -> bytes.toString();
      case Timestamp time -> time.text();
      case null, default -> value;
    };
  }

  /// Their variables are already in `environment`.
  private static void withoutEnvFiles(@Nullable Object service) {
    Map<String, @Nullable Object> keys = Values.map(service);
    if (!keys.isEmpty()) {
      keys.remove("env_file");
      if (Map.of().equals(keys.get("environment"))) {
        keys.remove("environment");
      }
    }
  }
}
