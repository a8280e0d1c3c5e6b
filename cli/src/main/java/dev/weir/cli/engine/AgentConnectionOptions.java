package dev.weir.cli.engine;

import dev.weir.base.UserError;
import dev.weir.cli.option.HelpSection;
import dev.weir.lab.sampling.MonitorCredentials;
import dev.weir.lab.sampling.SwarmAgents;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a swarm's agents are reached, and with which certificate.
@HelpSection("Agents")
public abstract class AgentConnectionOptions {
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

  /// The credentials for a swarm.
  public MonitorCredentials credentials(String swarm) {
    return credentials == null ? MonitorCredentials.of(swarm) : new MonitorCredentials(credentials);
  }

  /// The credentials that were named.
  public MonitorCredentials named() {
    if (credentials == null) {
      throw new UserError(
          "--credentials: none (expected: beside --agent https://..., the folder of ca.pem,"
              + " client.pem and client-key.pem)");
    }
    return new MonitorCredentials(credentials);
  }

  public SwarmAgents.Via via() {
    return via;
  }
}
