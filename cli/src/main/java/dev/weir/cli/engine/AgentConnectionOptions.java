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
      description = "Folder of the certificate for the agents (default: ~/.weir/monitor/SWARM-ID).")
  private @Nullable Path credentials;

  @Option(
      names = "--via",
      paramLabel = "node|overlay",
      defaultValue = "node",
      description =
          "Reach agents by their nodes' addresses, or over the network weir-monitor from a"
              + " container attached to it (default: ${DEFAULT-VALUE}).")
  private SwarmAgents.Via via = SwarmAgents.Via.NODE;

  /// The credentials for a swarm.
  public MonitorCredentials credentials(String swarm) {
    return credentials == null ? MonitorCredentials.of(swarm) : new MonitorCredentials(credentials);
  }

  /// The credentials in the folder of `--credentials`.
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
