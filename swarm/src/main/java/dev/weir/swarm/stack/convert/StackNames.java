package dev.weir.swarm.stack.convert;

import dev.weir.swarm.stack.read.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names and labels of a stack's objects in the swarm.
///
/// @param stack the stack's name
public record StackNames(String stack) {
  /// The label on everything that belongs to a stack.
  public static final String NAMESPACE = "com.docker.stack.namespace";

  /// The label on a service with the image as the file names it.
  public static final String IMAGE = "com.docker.stack.image";

  private static final Set<String> PREDEFINED = Set.of("default", "bridge", "host", "none");

  public StackNames {
    if (stack.replaceAll("[\\s\"']", "").isEmpty()) {
      throw new IllegalArgumentException("NAME: `%s` (expected: a stack's name)".formatted(stack));
    }
  }

  /// The name in the swarm of the file's `name`.
  public String scoped(String name) {
    return stack + "_" + name;
  }

  /// The name in the swarm of an entry: its own name if it has one.
  String of(String name, @Nullable Map<String, @Nullable Object> entry) {
    Object own = entry == null ? null : entry.get("name");
    return own == null ? scoped(name) : Values.text(own);
  }

  /// Labels and the stack's own.
  Map<String, @Nullable Object> labels(@Nullable Object labels) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(Values.map(labels));
    all.put(NAMESPACE, stack);
    return all;
  }

  /// Whether a network was created by a user, rather than present on every node.
  public static boolean isUserDefined(String network) {
    return !PREDEFINED.contains(network) && !network.startsWith("container:");
  }
}
