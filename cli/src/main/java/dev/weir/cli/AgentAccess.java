package dev.weir.cli;

import dev.weir.base.Checks;
import dev.weir.base.UserError;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How commands reach a swarm's agents.
@Section("Agents")
final class AgentAccess {
  private static final Duration TIMEOUT_MIN = Duration.ofMillis(100);

  @Option(
      names = "--credentials",
      paramLabel = "FOLDER",
      description =
          "Where the certificate for the agents is (default: ~/.weir/monitor/ and the swarm's id).")
  private @Nullable Path credentials;

  @Option(
      names = "--via",
      paramLabel = "node|overlay",
      defaultValue = "node",
      description =
          "Reach agents by their nodes' addresses, or, from a container attached to it, over the"
              + " network weir-monitor (default: ${DEFAULT-VALUE}).")
  private SwarmAgents.Via via = SwarmAgents.Via.NODE;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "5s",
      description = "How long a node may take to answer (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(5);

  /// The credentials for a swarm.
  MonitorCredentials of(String swarm) {
    return credentials == null ? MonitorCredentials.of(swarm) : new MonitorCredentials(credentials);
  }

  /// The credentials that were named.
  MonitorCredentials named() {
    if (credentials == null) {
      throw new UserError(
          "--credentials: none (expected: beside --agent https://..., the folder of ca.pem,"
              + " client.pem and client-key.pem)");
    }
    return new MonitorCredentials(credentials);
  }

  SwarmAgents.Via via() {
    return via;
  }

  Duration timeout() {
    Checks.check(timeout.compareTo(TIMEOUT_MIN) >= 0, "--timeout", timeout, ">= 100ms");
    return timeout;
  }
}
