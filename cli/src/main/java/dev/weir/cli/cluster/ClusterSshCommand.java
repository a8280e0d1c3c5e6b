package dev.weir.cli.cluster;

import dev.weir.cli.option.ExitCode;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.ssh.SshException;
import dev.weir.ssh.SshSession;
import dev.weir.term.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `weir cluster ssh`.
@Command(
    name = "ssh",
    mixinStandardHelpOptions = true,
    header = "Log in to a machine of a cluster, or run a command there.",
    description = "Uses the cluster's key and host keys. Exits with the code of the command.",
    footerHeading = "%nExamples:%n",
    footer = {"  weir cluster ssh b1", "  weir cluster ssh --name demo b1 -- docker ps"})
final class ClusterSshCommand implements Callable<Integer> {
  private static final Duration LOGIN_MAX = Duration.ofSeconds(20);

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private ClusterName name;

  @Parameters(
      index = "0",
      paramLabel = "NODE",
      description = "The machine: its name, its host, or the start of its node's id.")
  private String node = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "Command and its arguments; after -- if they have options. Default: a shell.")
  private List<String> command = new ArrayList<>();

  @Override
  public Integer call() {
    ClusterRecord cluster = name.existing();
    NodeRecord chosen = ChosenNode.of(cluster, node);
    try (SshSession session =
        SshSession.open(
            cluster.login(chosen, name.store().knownHosts(cluster.name())), LOGIN_MAX)) {
      return session.interactive(command);
    } catch (SshException e) {
      Terminal.system().report("weir: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }
}
