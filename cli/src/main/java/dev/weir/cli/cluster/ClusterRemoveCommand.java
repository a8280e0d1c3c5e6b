package dev.weir.cli.cluster;

import dev.weir.cli.option.ExitCode;
import dev.weir.cluster.form.ClusterAccess;
import dev.weir.cluster.form.FormException;
import dev.weir.cluster.form.NodeRemoval;
import dev.weir.cluster.host.Waits;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.swarm.engine.Engine;
import dev.weir.term.Terminal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `weir cluster remove`.
@Command(
    name = "remove",
    aliases = "rm",
    mixinStandardHelpOptions = true,
    header = "Take a machine out of a cluster, without losing what runs there.",
    description = {
      "Demotes a manager, drains the node, waits until its tasks run elsewhere, lets it leave the",
      "swarm, and removes it from the list. Refuses if too few managers would be up to decide."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  weir cluster remove b3 --name demo", "  weir cluster remove b3 --force --yes"})
final class ClusterRemoveCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private ClusterName name;

  @Parameters(
      paramLabel = "NODE",
      description = "The machine: its name, its host, or the start of its node's id.")
  private String node = "";

  @Option(
      names = "--force",
      description =
          "Also if the machine does not respond, or its tasks find no other place within the time.")
  private boolean force;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  private final Terminal terminal = Terminal.system();

  @Override
  public Integer call() throws Exception {
    ClusterRecord cluster = name.existing();
    NodeRecord chosen = ChosenNode.of(cluster, node);
    try (var _ = name.store().lock(cluster.name());
        ClusterAccess access = ClusterAccess.of(cluster, name.store().knownHosts(cluster.name()))) {
      Optional<Engine> own = access.engine(chosen);
      if (own.isEmpty() && !force) {
        terminal.report(
            "weir: %s does not respond: %s (to remove it anyway: --force)"
                .formatted(chosen.name(), access.unreachable().get(chosen)));
        return ExitCode.FAILED;
      }
      Confirmation.need(
          yes,
          List.of("take %s out of the cluster %s".formatted(chosen.name(), cluster.name())),
          "Go on?");
      return removed(cluster, chosen, access, own);
    }
  }

  private int removed(
      ClusterRecord cluster, NodeRecord chosen, ClusterAccess access, Optional<Engine> own) {
    try {
      Engine manager = access.manager(Optional.of(chosen));
      new NodeRemoval(manager, own, force, Waits.REAL, terminal::report)
          .run(chosen.nodeId().orElse(""));
    } catch (FormException e) {
      String.valueOf(e.getMessage()).lines().forEach(line -> terminal.report("weir: " + line));
      return ExitCode.FAILED;
    }
    name.store().write(cluster.without(chosen.name()));
    terminal.print("%s is out of the cluster %s".formatted(chosen.name(), cluster.name()));
    terminal.report(DownNotes.engine(List.of(chosen.name())));
    return ExitCode.OK;
  }
}
