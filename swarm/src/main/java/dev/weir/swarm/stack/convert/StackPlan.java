package dev.weir.swarm.stack.convert;

import dev.weir.base.Problems;
import dev.weir.swarm.stack.read.Stack;
import dev.weir.swarm.stack.read.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The requests that deploy a stack, in order.
///
/// References to secrets and configs have a name and an empty ID; the sender fills the IDs in,
/// because only the swarm knows them.
///
/// @param names the stack's name and labels
/// @param externalNetworks networks that must exist already
/// @param networks bodies for `/networks/create`
/// @param secrets bodies for `/secrets/create`
/// @param configs bodies for `/configs/create`
/// @param services specs by the name of the service in the file
public record StackPlan(
    StackNames names,
    List<String> externalNetworks,
    List<ObjectNode> networks,
    List<ObjectNode> secrets,
    List<ObjectNode> configs,
    Map<String, ObjectNode> services) {

  /// Converts a stack, or lists everything that prevents its deployment.
  ///
  /// @throws IllegalArgumentException listing every problem with file, line and path
  public static StackPlan of(Stack stack, String name) {
    StackNames names = new StackNames(name);
    Problems problems = new Problems();
    Map<String, ObjectNode> services = new LinkedHashMap<>();
    Set<String> used = new TreeSet<>();
    stack
        .services()
        .forEach((service, keys) -> {
          Map<String, @Nullable Object> map = Values.map(keys);
          services.put(service, new ServiceConversion(stack, names, service, map, problems).spec());
          Map<String, @Nullable Object> networks = Values.map(map.get("networks"));
          used.addAll(networks.isEmpty() ? Set.of("default") : networks.keySet());
        });
    List<String> external = new ArrayList<>();
    List<ObjectNode> networks = new ArrayList<>();
    for (String network : used) {
      Map<String, @Nullable Object> keys = stack.entry("networks", network);
      if (keys != null && keys.containsKey("external")) {
        external.add(names.of(network, keys));
      } else {
        networks.add(ObjectConversion.network(names, network, keys == null ? Map.of() : keys));
      }
    }
    ObjectConversion files = new ObjectConversion(stack, names, problems);
    List<ObjectNode> secrets = files.files("secrets");
    List<ObjectNode> configs = files.files("configs");
    problems.throwIfAny("stack");
    return new StackPlan(names, external, networks, secrets, configs, services);
  }
}
