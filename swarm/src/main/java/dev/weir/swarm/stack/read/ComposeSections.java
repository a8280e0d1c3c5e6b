package dev.weir.swarm.stack.read;

import dev.weir.base.Problems;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Converts the sections of a checked file into one form, and resolves what depends on the client:
/// variables from its environment, and files beside the Compose file.
final class ComposeSections {
  /// `C:\x` and `\\server\share\x`: absolute paths on the node, on any client.
  private static final Pattern WINDOWS =
      Pattern.compile(
          "(?s)[a-zA-Z]:[/\\\\].*"
              + "|[/\\\\]{2}[^/\\\\.][^/\\\\]*[/\\\\][^/\\\\.][^/\\\\]*[/\\\\].*");

  private final Map<String, String> environment;
  private final Path folder;
  private final SmallFiles envFiles = new SmallFiles(1 << 20, 16 << 20);

  ComposeSections(Map<String, String> environment, Path folder) {
    this.environment = environment;
    this.folder = folder;
  }

  Map<String, Map<String, Object>> read(
      FileProblems fileProblems, Problems problems, List<String> warnings) {
    Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
    // The schema check has already reported these errors.
    FileProblems quiet =
        problems.all().isEmpty()
            ? fileProblems
            : new FileProblems(fileProblems.file(), new Problems(), warnings);
    Map<String, Object> services = new LinkedHashMap<>();
    Values.map(fileProblems.file().root().get("services"))
        .forEach((name, value) -> {
          if (value instanceof Map) {
            services.put(name, service(value, quiet, Paths.key("services", name)));
          }
        });
    sections.put("services", services);
    for (String section : List.of("networks", "volumes", "secrets", "configs")) {
      Map<String, Object> entries = ObjectFields.read(section, quiet);
      if (section.equals("secrets") || section.equals("configs")) {
        entries.values().forEach(this::settleFile);
      }
      sections.put(section, entries);
    }
    return sections;
  }

  private Map<String, Object> service(Object value, FileProblems fileProblems, String path) {
    Map<String, Object> service = ServiceFields.SERVICE.read(value, fileProblems, path);
    service.put("environment", environment(service, fileProblems, path));
    Object volumes = service.get("volumes");
    if (volumes instanceof List) {
      int index = 0;
      for (Object mount : Values.list(volumes)) {
        bind(mount, fileProblems, Paths.item(Paths.key(path, "volumes"), index++));
      }
    }
    return service;
  }

  private Map<String, @Nullable Object> environment(
      Map<String, Object> service, FileProblems fileProblems, String path) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    Map<String, @Nullable Object> fromFiles = new LinkedHashMap<>();
    String at = Paths.key(path, "env_file");
    for (Object name : Values.list(service.get("env_file"))) {
      try {
        Path file = folder.resolve(Values.text(name)).normalize();
        fromFiles.putAll(EnvFile.parse(SmallFile.text(envFiles.bytes(file))));
      } catch (IllegalArgumentException e) {
        fileProblems.at(at, "%s: %s".formatted(Values.text(name), e.getMessage()));
      }
    }
    fromFiles.forEach((name, value) -> all.put(name, settled(name, value)));
    Values.map(service.get("environment"))
        .forEach((name, value) -> all.put(name, settled(name, value)));
    return all;
  }

  /// A variable without a value, or with an empty one, takes the client's value if there is one.
  private @Nullable Object settled(String name, @Nullable Object value) {
    String own = environment.get(name);
    return own != null && Values.text(value).isEmpty() ? own : value;
  }

  private void bind(@Nullable Object mount, FileProblems fileProblems, String path) {
    Map<String, @Nullable Object> keys = Values.map(mount);
    if (!"bind".equals(keys.get("type"))) {
      return;
    }
    String source = Values.text(keys.get("source"));
    if (source.isEmpty()) {
      fileProblems.at(path, "a bind mount needs a `source`");
      return;
    }
    String home = environment.get("HOME");
    String full = source.startsWith("~") && home != null ? home + source.substring(1) : source;
    boolean absolute = full.startsWith("/") || WINDOWS.matcher(full).matches();
    keys.put("source", absolute ? full : folder.resolve(full).normalize().toString());
  }

  private void settleFile(Object entry) {
    Map<String, @Nullable Object> keys = Values.map(entry);
    if (!keys.containsKey("external") && !keys.containsKey("driver")) {
      String file = Values.text(keys.get("file"));
      keys.put("file", folder.resolve(file).normalize().toString());
    }
  }
}
