package dev.weir.swarm.stack;

import dev.weir.base.UserError;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.Filters;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Fills the IDs of secrets and configs into specs that name them.
final class ObjectIds {
  private final Engine engine;

  ObjectIds(Engine engine) {
    this.engine = engine;
  }

  ObjectNode filled(String service, ObjectNode planned) {
    ObjectNode spec = planned.deepCopy();
    JsonNode container = spec.path("TaskTemplate").path("ContainerSpec");
    fill(service, container.path("Secrets"), "secrets", "SecretName", "SecretID");
    Map<String, String> configs =
        fill(service, container.path("Configs"), "configs", "ConfigName", "ConfigID");
    if (container.path("Privileges").path("CredentialSpec") instanceof ObjectNode credentials) {
      String name = credentials.path("Config").asString("");
      credentials.put("Config", configs.getOrDefault(name, name));
    }
    return spec;
  }

  private Map<String, String> fill(
      String service, JsonNode references, String section, String nameKey, String idKey) {
    Map<String, String> ids = new HashMap<>();
    if (references.isEmpty()) {
      return ids;
    }
    Filters names = Filters.none();
    for (JsonNode reference : references) {
      names.and("name", reference.path(nameKey).asString());
    }
    for (JsonNode found : engine.get("/" + section, names.query())) {
      ids.put(found.path("Spec").path("Name").asString(), found.path("ID").asString());
    }
    for (JsonNode reference : references) {
      String name = reference.path(nameKey).asString();
      String id = ids.get(name);
      if (id == null) {
        throw new UserError(
            "services.%s.%s: %s is not in the swarm (make it with `docker %s create`)"
                .formatted(service, section, name, section.substring(0, section.length() - 1)));
      }
      ((ObjectNode) reference).put(idKey, id);
    }
    return ids;
  }
}
