package dev.weir.cli.engine;

import dev.weir.base.UserError;
import dev.weir.cli.option.HelpSection;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.RegistryAuth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that choose a Docker Engine. Without any, it is the Engine of the docker command.
/// Subclasses name the option of its address, because some commands need `-H` for something else.
@HelpSection("Engine")
public abstract class EngineAccess {
  /// What `--host` is for.
  static final String HOST =
      "The Docker Engine: unix:///path/to/docker.sock, tcp://HOST:PORT or ssh://USER@HOST. Default:"
          + " DOCKER_HOST, or else the docker command's current context.";

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The docker context of the Engine, as 'docker context ls' lists it.")
  private @Nullable String context;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      completionCandidates = ClusterNames.class,
      description =
          "A cluster of 'weir cluster': the first of its managers that responds, over SSH.")
  private @Nullable String cluster;

  @Option(
      names = "--tls-verify",
      description =
          "Use TLS with a tcp:// Engine and verify its certificate. Default: if DOCKER_TLS_VERIFY"
              + " is set.")
  private boolean tlsVerify;

  @Option(
      names = "--cert-path",
      paramLabel = "FOLDER",
      description =
          "Folder of ca.pem, cert.pem and key.pem for TLS. Default: DOCKER_CERT_PATH, or else"
              + " ~/.docker.")
  private @Nullable Path certPath;

  /// The value of `--host`.
  abstract @Nullable String host();

  /// Connects to the chosen Engine.
  public Engine connect() {
    return Engine.connectFirst(addresses());
  }

  /// The address of the chosen Engine; of a cluster, that of the first manager that responds.
  public EngineAddress address() {
    List<EngineAddress> all = addresses();
    if (all.size() == 1) {
      return all.getFirst();
    }
    try (Engine first = Engine.connectFirst(all)) {
      return first.address();
    }
  }

  /// The address of the chosen Engine; of a cluster, those of all managers.
  public List<EngineAddress> addresses() {
    String host = host();
    List<String> given = given(host);
    if (given.size() > 1) {
      throw new UserError(
          "%s: %s given (expected: one of them)"
              .formatted(String.join(", ", given), given.size() == 2 ? "both" : "all"));
    }
    if (cluster != null) {
      return ClusterAccess.managers(ClusterAccess.store(), cluster, "--cluster");
    }
    if (context != null) {
      return List.of(EngineAddress.ofContext(context, environment(), home()));
    }
    return List.of(
        host == null
            ? EngineAddress.resolve(environment(), home())
            : EngineAddress.ofHost(host, environment(), home()));
  }

  /// What is written down of the chosen cluster; empty if another way to an Engine was chosen.
  ///
  /// @throws UserError if there is no such cluster
  public Optional<ClusterRecord> cluster() {
    return Optional.ofNullable(cluster).map(name -> ClusterAccess.store().named(name, "--cluster"));
  }

  private List<String> given(@Nullable String host) {
    var given = new ArrayList<String>();
    if (host != null) {
      given.add("--host");
    }
    if (context != null) {
      given.add("--context");
    }
    if (cluster != null) {
      given.add("--cluster");
    }
    return given;
  }

  /// The chosen Engines, then others with the same TLS settings: in the order to ask them.
  public List<EngineAddress> addresses(List<String> others) {
    var all = new ArrayList<>(addresses());
    others.forEach(other -> all.add(address(other)));
    return all;
  }

  /// The address of another Engine, with the same TLS settings.
  public EngineAddress address(String other) {
    return EngineAddress.ofHost(other, environment(), home());
  }

  /// The user's credentials for registries, from the docker command's configuration.
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
