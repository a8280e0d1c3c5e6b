package dev.weir.swarm.stack.convert;

import dev.weir.base.Problems;
import dev.weir.base.Visible;
import dev.weir.swarm.stack.read.Paths;
import dev.weir.swarm.stack.read.SmallFiles;
import dev.weir.swarm.stack.read.Stack;
import dev.weir.swarm.stack.read.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Networks, secrets and configs as the Engine takes them.
final class ObjectConversion {
  /// The Engine itself limits a secret to 500 KiB and a config to 1000 KiB. This bound only refuses
  /// files that can be neither.
  private static final int BYTES_MAX = 2 << 20;

  private static final long ALL_BYTES_MAX = 64 << 20;

  private final Stack stack;
  private final StackNames names;
  private final Problems problems;
  private final SmallFiles files = new SmallFiles(BYTES_MAX, ALL_BYTES_MAX);

  ObjectConversion(Stack stack, StackNames names, Problems problems) {
    this.stack = stack;
    this.names = names;
    this.problems = problems;
  }

  static ObjectNode network(StackNames names, String name, Map<String, @Nullable Object> keys) {
    Map<String, @Nullable Object> ipam = Values.map(keys.get("ipam"));
    List<@Nullable Object> pools = Values.list(ipam.get("config"));
    EngineSpec addresses = null;
    if (ipam.get("driver") != null || !pools.isEmpty()) {
      List<Object> config = new ArrayList<>();
      for (Object pool : pools) {
        config.add(new EngineSpec().put("Subnet", Values.map(pool).get("subnet")));
      }
      addresses =
          new EngineSpec()
              .always("Driver", Values.text(ipam.get("driver")))
              .always("Options", null)
              .always("Config", config.isEmpty() ? null : config);
    }
    Object driver = keys.get("driver");
    return new EngineSpec()
        .always("Name", names.of(name, keys))
        .always("Driver", driver == null ? "overlay" : driver)
        .always("Scope", "")
        .always("IPAM", addresses)
        .always("Internal", keys.containsKey("internal"))
        .always("Attachable", keys.containsKey("attachable"))
        .always("Ingress", false)
        .always("ConfigOnly", false)
        .always("ConfigFrom", null)
        .always("Options", keys.get("driver_opts"))
        .always("Labels", names.labels(keys.get("labels")))
        .node();
  }

  /// The bodies of one section, `secrets` or `configs`, with the contents of their files.
  List<ObjectNode> files(String section) {
    List<ObjectNode> bodies = new ArrayList<>();
    stack
        .section(section)
        .forEach((name, value) -> {
          Map<String, @Nullable Object> keys = Values.map(value);
          if (!keys.containsKey("external")) {
            bodies.add(file(name, keys, Paths.key(section, name)));
          }
        });
    return bodies;
  }

  private ObjectNode file(String name, Map<String, @Nullable Object> keys, String path) {
    Object driver = keys.get("driver");
    Object template = keys.get("template_driver");
    EngineSpec spec =
        new EngineSpec()
            .put("Name", names.of(name, keys))
            .always("Labels", names.labels(keys.get("labels")));
    if (driver == null) {
      spec.put("Data", data(Values.text(keys.get("file")), path));
    } else {
      spec.always(
          "Driver", new EngineSpec().put("Name", driver).put("Options", keys.get("driver_opts")));
    }
    if (template != null) {
      spec.always("Templating", new EngineSpec().put("Name", template));
    }
    return spec.node();
  }

  private String data(String file, String path) {
    try {
      Path source = Path.of(file);
      if (Files.isDirectory(source)) {
        throw new IllegalArgumentException(
            "is a folder, or no `file` is named (expected: a file, or `external`)");
      }
      return Base64.getEncoder().encodeToString(files.bytes(source));
    } catch (IllegalArgumentException e) {
      problems.add(
          Visible.shortLine("%s: %s: %s".formatted(stack.where(path), file, e.getMessage())));
      return "";
    }
  }
}
