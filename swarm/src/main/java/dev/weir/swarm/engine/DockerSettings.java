package dev.weir.swarm.engine;

import dev.weir.base.UserError;
import dev.weir.tls.BoundedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The docker command's environment variables and files, read as the docker command reads them.
final class DockerSettings {
  private static final String DEFAULT_CONTEXT = "default";
  private static final int FILE_BYTES_MAX = 4 << 20;

  private final Map<String, String> environment;
  private final Path folder;

  DockerSettings(Map<String, String> environment, Path home) {
    this.environment = Map.copyOf(environment);
    this.folder = setting("DOCKER_CONFIG").map(Path::of).orElse(home.resolve(".docker"));
  }

  /// The address of the current context; `DOCKER_HOST` overrides every context.
  EngineAddress address() {
    Optional<String> host = setting("DOCKER_HOST");
    if (host.isPresent()) {
      return ofHost(host.get(), "DOCKER_HOST");
    }
    Optional<String> context = setting("DOCKER_CONTEXT");
    if (context.isPresent()) {
      return ofContext(context.get(), "DOCKER_CONTEXT");
    }
    String current = config().path("currentContext").asString("");
    return current.isEmpty()
        ? EngineAddress.DEFAULT
        : ofContext(current, "currentContext in " + configFile());
  }

  EngineAddress ofHost(String host, String name) {
    return EngineAddress.parse(host, name, tlsOfEnvironment());
  }

  EngineAddress ofContext(String context, String name) {
    if (context.equals(DEFAULT_CONTEXT)) {
      return setting("DOCKER_HOST")
          .map(h -> ofHost(h, "DOCKER_HOST"))
          .orElse(EngineAddress.DEFAULT);
    }
    String digest = sha256(context);
    Path file = contextFile(context);
    if (!Files.exists(file)) {
      throw new UserError(
          "%s: %s (expected: a context that 'docker context ls' lists)".formatted(name, context));
    }
    JsonNode endpoint = read(file).path("Endpoints").path("docker");
    Path tls = folder.resolve("contexts/tls").resolve(digest).resolve("docker");
    boolean verify = !endpoint.path("SkipTLSVerify").asBoolean(false);
    Optional<TlsFiles> files =
        Files.isDirectory(tls) || !verify ? Optional.of(files(tls, verify)) : Optional.empty();
    return EngineAddress.parse(
        endpoint.path("Host").asString(EngineAddress.DEFAULT.toString()),
        "host of context " + context,
        files);
  }

  /// The file that describes a context, which may not exist.
  Path contextFile(String context) {
    return folder.resolve("contexts/meta").resolve(sha256(context)).resolve("meta.json");
  }

  /// `config.json`, empty if there is none.
  JsonNode config() {
    Path file = configFile();
    return Files.exists(file) ? read(file) : EngineJson.object();
  }

  private Path configFile() {
    return folder.resolve("config.json");
  }

  /// As for the docker command, any value of `DOCKER_TLS_VERIFY` except the empty one asks for TLS.
  private Optional<TlsFiles> tlsOfEnvironment() {
    boolean verify = setting("DOCKER_TLS_VERIFY").isPresent();
    if (!verify && setting("DOCKER_TLS").isEmpty()) {
      return Optional.empty();
    }
    Path certificates = setting("DOCKER_CERT_PATH").map(Path::of).orElse(folder);
    if (verify && !Files.isReadable(certificates.resolve("ca.pem"))) {
      throw new UserError(
          "DOCKER_CERT_PATH: %s (expected: a folder with ca.pem, cert.pem and key.pem, readable)"
              .formatted(certificates));
    }
    return Optional.of(files(certificates, verify));
  }

  private static TlsFiles files(Path folder, boolean verify) {
    return new TlsFiles(
        existing(folder.resolve("ca.pem")).filter(_ -> verify),
        existing(folder.resolve("cert.pem")),
        existing(folder.resolve("key.pem")),
        verify);
  }

  private static Optional<Path> existing(Path file) {
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }

  private Optional<String> setting(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static JsonNode read(Path file) {
    try {
      byte[] json =
          BoundedFile.read(BoundedFile.regular(file), FILE_BYTES_MAX)
              .orElseThrow(() ->
                  new IOException(
                      "%s is larger than %d MiB".formatted(file, FILE_BYTES_MAX >> 20)));
      return EngineJson.parse(json);
    } catch (IOException | JacksonException e) {
      throw new UserError("%s: not readable as JSON (%s)".formatted(file, ErrorText.first(e)), e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
