package dev.weir.swarm.stack;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.stack.convert.StackPlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Adds a hash of the content to the names of secrets and configs. A changed one gets a new name,
/// and the services that use it are updated.
final class ContentNames {
  private static final int HASH_DIGITS = 10;

  /// Swarm's limit on the name of a secret or config.
  private static final int NAME_MAX = 64;

  private ContentNames() {}

  static StackPlan apply(StackPlan plan) {
    Map<String, String> secrets = new HashMap<>();
    Map<String, String> configs = new HashMap<>();
    List<ObjectNode> secretBodies = renamed(plan.secrets(), secrets);
    List<ObjectNode> configBodies = renamed(plan.configs(), configs);
    Map<String, ObjectNode> services = new LinkedHashMap<>();
    plan.services()
        .forEach((service, planned) -> {
          ObjectNode spec = planned.deepCopy();
          JsonNode container = spec.path("TaskTemplate").path("ContainerSpec");
          rename(container.path("Secrets"), "SecretName", secrets);
          rename(container.path("Configs"), "ConfigName", configs);
          if (container.path("Privileges").path("CredentialSpec") instanceof ObjectNode of) {
            String name = of.path("Config").asString("");
            of.put("Config", configs.getOrDefault(name, name));
          }
          services.put(service, spec);
        });
    return new StackPlan(
        plan.names(),
        plan.externalNetworks(),
        plan.networks(),
        secretBodies,
        configBodies,
        services);
  }

  private static List<ObjectNode> renamed(List<ObjectNode> bodies, Map<String, String> names) {
    List<ObjectNode> out = new ArrayList<>();
    for (ObjectNode body : bodies) {
      ObjectNode copy = body.deepCopy();
      String name = body.path("Name").asString();
      if (body.has("Data")) {
        String base = name.substring(0, Math.min(name.length(), NAME_MAX - HASH_DIGITS - 1));
        names.put(name, base + "-" + hash(body.path("Data").asString()));
        copy.put("Name", names.get(name));
      }
      out.add(copy);
    }
    return out;
  }

  private static void rename(JsonNode references, String key, Map<String, String> names) {
    for (JsonNode reference : references) {
      String name = reference.path(key).asString();
      ((ObjectNode) reference).put(key, names.getOrDefault(name, name));
    }
  }

  /// Removes those of earlier contents, unless tasks still use them.
  static void removeOld(Engine engine, StackPlan plan) {
    removeOld(engine, plan, "secrets", plan.secrets());
    removeOld(engine, plan, "configs", plan.configs());
  }

  private static void removeOld(
      Engine engine, StackPlan plan, String section, List<ObjectNode> bodies) {
    for (JsonNode found : engine.get("/" + section, StackDeploy.ofStack(plan.names().stack()))) {
      String name = found.path("Spec").path("Name").asString();
      boolean old =
          bodies.stream()
              .map(body -> body.path("Name").asString())
              .anyMatch(now -> !now.equals(name) && base(now).equals(base(name)));
      if (old) {
        try {
          engine.delete("/%s/%s".formatted(section, found.path("ID").asString()), Map.of());
        } catch (EngineException _) {
          // Still in use while services roll: the next deploy removes it.
        }
      }
    }
  }

  private static String base(String name) {
    boolean hashed = name.matches(".*-[0-9a-f]{" + HASH_DIGITS + "}");
    return hashed ? name.substring(0, name.length() - HASH_DIGITS - 1) : name;
  }

  private static String hash(String data) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(data.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
