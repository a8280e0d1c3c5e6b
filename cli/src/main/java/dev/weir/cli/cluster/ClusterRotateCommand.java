package dev.weir.cli.cluster;

import dev.weir.cli.option.ExitCode;
import dev.weir.cluster.form.ClusterAccess;
import dev.weir.cluster.form.FormException;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.nodes.SwarmMembership;
import dev.weir.term.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `weir cluster rotate`.
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    header = "Make new join tokens, so that the old ones stop working.",
    description = "Nodes stay. The tokens are not printed; 'weir cluster add' needs none from you.",
    footerHeading = "%nExamples:%n",
    footer = {"  weir cluster rotate", "  weir cluster rotate --name demo"})
final class ClusterRotateCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private ClusterName name;

  private final Terminal terminal = Terminal.system();

  @Override
  public Integer call() {
    ClusterRecord cluster = name.existing();
    try (ClusterAccess access =
        ClusterAccess.of(cluster, name.store().knownHosts(cluster.name()))) {
      Engine manager = access.manager(Optional.empty());
      new SwarmMembership(manager).rotateTokens(labels -> labels);
      terminal.print("%s: both join tokens are new".formatted(cluster.name()));
      return ExitCode.OK;
    } catch (FormException e) {
      String.valueOf(e.getMessage()).lines().forEach(line -> terminal.report("weir: " + line));
      return ExitCode.FAILED;
    }
  }
}
