package dev.weir.swarm.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The docker command's credentials for registries, as a header for pulls and services.
public final class RegistryAuth {
  /// The header's name.
  public static final String HEADER = "X-Registry-Auth";

  /// The name under which `docker login` stores Docker Hub.
  private static final String HUB = "https://index.docker.io/v1/";

  private final JsonNode config;

  /// Reads the credentials of a user, from the docker command's environment variables and home
  /// folder.
  public RegistryAuth(Map<String, String> environment, Path home) {
    this.config = new DockerSettings(environment, home).config();
  }

  /// The header for an image, or no header if no credentials are known.
  ///
  /// @throws dev.weir.base.UserError if a credential helper fails
  public Map<String, String> headers(String image) {
    String registry = registry(image);
    ObjectNode credentials =
        CredentialHelper.of(config, registry).orElseGet(() -> stored(registry));
    if (credentials.isEmpty()) {
      return Map.of();
    }
    credentials.put("serveraddress", registry);
    return Map.of(HEADER, Base64.getUrlEncoder().encodeToString(EngineJson.bytes(credentials)));
  }

  /// The registry that an image comes from: the part before the first slash, if it looks like a
  /// host.
  static String registry(String image) {
    int slash = image.indexOf('/');
    String first = slash < 0 ? "" : image.substring(0, slash);
    boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
    boolean hub = !host || first.equals("docker.io") || first.equals("index.docker.io");
    return hub ? HUB : first;
  }

  private ObjectNode stored(String registry) {
    for (Map.Entry<String, JsonNode> entry : config.path("auths").properties()) {
      if (host(entry.getKey()).equals(host(registry))) {
        return credentials(entry.getValue());
      }
    }
    return EngineJson.object();
  }

  private static ObjectNode credentials(JsonNode entry) {
    ObjectNode credentials = EngineJson.object();
    String token = entry.path("identitytoken").asString("");
    if (!token.isEmpty()) {
      credentials.put("identitytoken", token);
    }
    String pair = decoded(entry.path("auth").asString(""));
    int colon = pair.indexOf(':');
    if (colon > 0) {
      credentials.put("username", pair.substring(0, colon));
      credentials.put("password", pair.substring(colon + 1));
    }
    return credentials;
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  /// Without scheme and path, as the docker command compares them.
  static String host(String registry) {
    return registry.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "").replaceFirst("/.*", "");
  }
}
