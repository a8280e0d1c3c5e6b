package dev.weir.swarm.engine;

import dev.weir.base.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A program `docker-credential-…` that keeps credentials instead of `config.json`.
final class CredentialHelper {
  private static final int SECONDS_MAX = 30;
  private static final int RESPONSE_BYTES_MAX = 1 << 20;

  /// The helpers' message for an unknown registry.
  private static final String UNKNOWN = "credentials not found";

  private CredentialHelper() {}

  /// The credentials for a registry from the helper program that `config.json` names for it; empty
  /// if there is no helper or it has none.
  static Optional<ObjectNode> of(JsonNode config, String registry) {
    String own = config.path("credHelpers").path(RegistryAuth.host(registry)).asString("");
    String program = own.isEmpty() ? config.path("credsStore").asString("") : own;
    return program.isEmpty() ? Optional.empty() : ask("docker-credential-" + program, registry);
  }

  static Optional<ObjectNode> ask(String program, String registry) {
    try {
      Process process = new ProcessBuilder(program, "get").redirectErrorStream(true).start();
      try (var out = process.getOutputStream()) {
        out.write(registry.getBytes(StandardCharsets.UTF_8));
      }
      // A helper that hangs is ended, which ends the read below.
      process
          .onExit()
          .orTimeout(SECONDS_MAX, TimeUnit.SECONDS)
          .exceptionally(_ -> process.destroyForcibly());
      byte[] response = process.getInputStream().readNBytes(RESPONSE_BYTES_MAX);
      int code = process.waitFor();
      return read(program, code, new String(response, StandardCharsets.UTF_8).strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(program + ": interrupted", e);
    } catch (IOException | JacksonException e) {
      throw new UserError(
          "%s: %s (expected: the credential helper that config.json names, on the PATH)"
              .formatted(program, ErrorText.first(e)),
          e);
    }
  }

  private static Optional<ObjectNode> read(String program, int code, String response) {
    if (code != 0 && response.contains(UNKNOWN)) {
      return Optional.empty();
    }
    if (code != 0) {
      throw new UserError(
          "%s: it failed with code %d: %s (try it: echo REGISTRY | %s get)"
              .formatted(program, code, response.lines().findFirst().orElse(""), program));
    }
    JsonNode credentials = EngineJson.parse(response.getBytes(StandardCharsets.UTF_8));
    String name = credentials.path("Username").asString("");
    String secret = credentials.path("Secret").asString("");
    ObjectNode header = EngineJson.object();
    if (name.equals("<token>")) {
      header.put("identitytoken", secret);
    } else {
      header.put("username", name).put("password", secret);
    }
    return Optional.of(header);
  }
}
