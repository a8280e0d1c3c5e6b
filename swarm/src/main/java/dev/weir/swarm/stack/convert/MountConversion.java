package dev.weir.swarm.stack.convert;

import dev.weir.swarm.stack.read.Paths;
import dev.weir.swarm.stack.read.Stack;
import dev.weir.swarm.stack.read.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The mounts of a service.
final class MountConversion {
  /// The options of each type of mount; the Compose schema has none for `image` and `cluster`.
  private static final Map<String, String> OPTIONS =
      Map.of(
          "volume", "volume",
          "bind", "bind",
          "npipe", "bind",
          "tmpfs", "tmpfs",
          "cluster", "cluster",
          "image", "image");

  private final Stack stack;
  private final StackNames names;
  private final BiConsumer<String, String> problem;

  MountConversion(Stack stack, StackNames names, BiConsumer<String, String> problem) {
    this.stack = stack;
    this.names = names;
    this.problem = problem;
  }

  List<Object> mounts(Map<String, @Nullable Object> service) {
    List<Object> mounts = new ArrayList<>();
    for (Object each : Values.list(service.get("volumes"))) {
      mounts.add(mount(Values.map(each), Paths.item("volumes", mounts.size())));
    }
    return mounts;
  }

  private EngineSpec mount(Map<String, @Nullable Object> keys, String path) {
    String written = Values.text(keys.get("type"));
    String type = written.isEmpty() ? "volume" : written;
    String own = OPTIONS.get(type);
    if (own == null) {
      problem.accept(
          path, "type %s (expected: volume, bind, tmpfs, npipe, cluster or image)".formatted(type));
      return new EngineSpec();
    }
    for (String other : List.of("volume", "bind", "tmpfs")) {
      if (keys.containsKey(other) && !other.equals(own)) {
        problem.accept(path, "`%s` means nothing for a mount of type %s".formatted(other, type));
      }
    }
    String source = Values.text(keys.get("source"));
    if (type.equals("tmpfs") != source.isEmpty() && !type.equals("volume")) {
      problem.accept(
          path,
          type.equals("tmpfs")
              ? "a tmpfs has no `source`"
              : "a mount of type %s needs a `source`".formatted(type));
    }
    EngineSpec options = options(type, source, keys, path);
    EngineSpec mount =
        new EngineSpec()
            .put("Type", written)
            .put("Source", target(type, source))
            .put("Target", keys.get("target"))
            .put("ReadOnly", keys.get("read_only"))
            .put("Consistency", keys.get("consistency"));
    return switch (type) {
      case "bind", "npipe" -> mount.given("BindOptions", options);
      case "tmpfs" -> mount.given("TmpfsOptions", options);
      case "cluster" -> mount.given("ClusterOptions", options);
      default -> mount.given("VolumeOptions", options);
    };
  }

  private String target(String type, String source) {
    boolean named =
        (type.equals("volume") && !source.isEmpty())
            || (type.equals("cluster") && !source.startsWith("group:"));
    return named ? names.of(source, stack.entry("volumes", source)) : source;
  }

  private @Nullable EngineSpec options(
      String type, String source, Map<String, @Nullable Object> keys, String path) {
    return switch (type) {
      case "bind", "npipe" ->
          keys.containsKey("bind")
              ? new EngineSpec().put("Propagation", Values.map(keys.get("bind")).get("propagation"))
              : null;
      case "tmpfs" ->
          keys.containsKey("tmpfs")
              ? new EngineSpec().put("SizeBytes", Values.map(keys.get("tmpfs")).get("size"))
              : null;
      case "cluster" -> {
        if (!source.startsWith("group:")) {
          known(source, path);
        }
        yield new EngineSpec();
      }
      case "volume" -> source.isEmpty() ? null : volume(source, keys, path);
      default -> null;
    };
  }

  private EngineSpec volume(String source, Map<String, @Nullable Object> keys, String path) {
    Map<String, @Nullable Object> volume = known(source, path);
    Map<String, @Nullable Object> said = Values.map(keys.get("volume"));
    EngineSpec options =
        new EngineSpec().put("NoCopy", said.get("nocopy")).put("Subpath", said.get("subpath"));
    if (volume.containsKey("external")) {
      return options;
    }
    options.always("Labels", names.labels(volume.get("labels")));
    if (volume.containsKey("driver") || volume.containsKey("driver_opts")) {
      options.always(
          "DriverConfig",
          new EngineSpec()
              .put("Name", volume.get("driver"))
              .put("Options", volume.get("driver_opts")));
    }
    return options;
  }

  private Map<String, @Nullable Object> known(String source, String path) {
    Map<String, @Nullable Object> volume = stack.entry("volumes", source);
    if (volume == null) {
      problem.accept(path, "`%s` is not among the top-level `volumes`".formatted(source));
      return Map.of();
    }
    return volume;
  }
}
