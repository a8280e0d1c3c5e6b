package dev.weir.cli.cluster;

import dev.weir.cli.option.ExitCode;
import dev.weir.cluster.form.ClusterAccess;
import dev.weir.cluster.form.Dissolution;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.term.Terminal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `weir cluster down`.
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    header = "End a cluster: its machines leave the swarm, workers first.",
    description = {
      "All services of the swarm end. Docker Engine, images and volumes stay on the machines. If one",
      "does not respond, the cluster stays written down, and a second run goes on. On EC2 the machines",
      "end too, with their volumes, and all else that has the cluster's tag; no record is needed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir cluster down --name demo",
      "  weir cluster down --name demo --yes",
      "  weir cluster down --provider ec2 --name demo --region eu-central-1 --dry-run"
    })
final class ClusterDownCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private ClusterName name;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private Ec2Place place;

  @Option(names = "--dry-run", description = "On EC2: show the plan; change nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "On EC2: print the plan as JSON.")
  private boolean json;

  @Option(names = "--force", description = "Forget the cluster even if a machine does not respond.")
  private boolean force;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  private final Terminal terminal = Terminal.system();

  @Override
  public Integer call() throws Exception {
    String chosen = name.chosen();
    if (place.isEc2(name.store().find(chosen))) {
      var mode = new ClusterForming.Mode(dryRun, yes, json);
      try (var _ = name.store().lock(chosen)) {
        return new Ec2Down(chosen, name.store(), place, mode).run();
      }
    }
    ClusterRecord cluster = name.existing();
    List<String> nodes = cluster.nodes().stream().map(NodeRecord::name).toList();
    Confirmation.need(
        yes,
        List.of(
            "end the swarm %s of %s, with all its services"
                .formatted(cluster.name(), String.join(", ", nodes))),
        "Go on?");
    try (var _ = name.store().lock(cluster.name())) {
      Map<NodeRecord, String> left;
      try (ClusterAccess access =
          ClusterAccess.of(cluster, name.store().knownHosts(cluster.name()))) {
        left = new Dissolution(access, terminal::report).run();
      }
      left.forEach((node, why) ->
          terminal.report(
              "weir: %s may still be a node: %s (there: docker swarm leave --force)"
                  .formatted(node.name(), why)));
      if (!left.isEmpty() && !force) {
        name.store()
            .write(cluster.withNodes(cluster.nodes().stream().filter(left::containsKey).toList()));
        terminal.report(
            "weir: %s stays written down with %d of its machines (to go on: weir cluster down; to forget them: --force)"
                .formatted(cluster.name(), left.size()));
        return ExitCode.FAILED;
      }
      name.store().remove(cluster.name());
    }
    terminal.print("%s is gone".formatted(cluster.name()));
    terminal.report(DownNotes.engine(nodes));
    return ExitCode.OK;
  }
}
