package dev.weir.cli.engine;

import dev.weir.base.UserError;
import dev.weir.cli.option.HelpSection;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.RegistryAuth;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say which Docker Engine is asked. Without any, it is the one that the docker
/// command would ask. What says where it is, is named by those that inherit: `-H` is not theirs
/// alone.
@HelpSection("Engine")
public abstract class EngineAccess {
  /// What `--host` is for.
  static final String HOST =
      "The Docker Engine: unix:///path/to/docker.sock or tcp://HOST:PORT. Default: DOCKER_HOST, or"
          + " else the docker command's current context.";

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The docker context of the Engine, as 'docker context ls' lists it.")
  private @Nullable String context;

  @Option(
      names = "--tls-verify",
      description =
          "Speak TLS with a tcp:// Engine and check who it is. Default: if DOCKER_TLS_VERIFY is set.")
  private boolean tlsVerify;

  @Option(
      names = "--cert-path",
      paramLabel = "FOLDER",
      description =
          "Folder of ca.pem, cert.pem and key.pem for TLS. Default: DOCKER_CERT_PATH, or else"
              + " ~/.docker.")
  private @Nullable Path certPath;

  /// What was said with `--host`.
  abstract @Nullable String host();

  /// Connects to the Engine asked for.
  public Engine connect() {
    return Engine.connect(address());
  }

  /// Where the Engine asked for listens.
  public EngineAddress address() {
    String host = host();
    if (host != null && context != null) {
      throw new UserError("--host, --context: both given (expected: one of them)");
    }
    if (context != null) {
      return EngineAddress.ofContext(context, environment(), home());
    }
    return host == null
        ? EngineAddress.resolve(environment(), home())
        : EngineAddress.ofHost(host, environment(), home());
  }

  /// Where another Engine listens, under the same TLS.
  public EngineAddress address(String other) {
    return EngineAddress.ofHost(other, environment(), home());
  }

  /// The credentials for registries, of the user's docker command.
  public RegistryAuth registryAuth() {
    return new RegistryAuth(environment(), home());
  }

  private Map<String, String> environment() {
    var environment = new HashMap<>(System.getenv());
    if (tlsVerify) {
      environment.put("DOCKER_TLS_VERIFY", "1");
    }
    if (certPath != null) {
      environment.put("DOCKER_CERT_PATH", certPath.toString());
    }
    return environment;
  }

  private static Path home() {
    return Path.of(System.getProperty("user.home"));
  }
}
