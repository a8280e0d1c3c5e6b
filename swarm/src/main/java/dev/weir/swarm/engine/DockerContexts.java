package dev.weir.swarm.engine;

import dev.weir.base.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Contexts of the docker command, in its own files.
public final class DockerContexts {
  private final DockerSettings settings;

  /// The contexts of a user, by the docker command's environment variables and home folder.
  public DockerContexts(Map<String, String> environment, Path home) {
    this.settings = new DockerSettings(environment, home);
  }

  /// Makes a context, or points it elsewhere.
  ///
  /// @param host as in `DOCKER_HOST`
  /// @return its file
  /// @throws UserError if its file cannot be written
  public Path write(String name, String host, String description) {
    ObjectNode meta = EngineJson.object();
    meta.put("Name", name);
    meta.putObject("Metadata").put("Description", description);
    ObjectNode endpoint = meta.putObject("Endpoints").putObject("docker");
    endpoint.put("Host", host);
    endpoint.put("SkipTLSVerify", false);
    Path file = settings.contextFile(name);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, EngineJson.bytes(meta));
      return file;
    } catch (IOException e) {
      throw failed(file, "writable", e);
    }
  }

  /// Removes a context.
  ///
  /// @return whether there was one
  /// @throws UserError if the docker command uses it now, or its file cannot be removed
  public boolean remove(String name) {
    JsonNode current = settings.config().path("currentContext");
    if (current.asString("").equals(name)) {
      throw new UserError(
          "%s: the docker command uses it now (first: docker context use default)".formatted(name));
    }
    Path file = settings.contextFile(name);
    try {
      boolean was = Files.deleteIfExists(file);
      if (was) {
        Files.deleteIfExists(file.getParent());
      }
      return was;
    } catch (IOException e) {
      throw failed(file, "removable", e);
    }
  }

  private static UserError failed(Path file, String expected, IOException e) {
    return new UserError("%s: not %s (%s; see DOCKER_CONFIG)".formatted(file, expected, e), e);
  }
}
