package dev.weir.cli.cluster;

import dev.weir.base.UserError;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.ClusterStore;
import dev.weir.term.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `weir cluster scale`.
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    header = "Have another number of workers on EC2.",
    description = {
      "New workers are like those that exist, and join the swarm. With fewer, the workers of the",
      "highest numbers are drained and leave the swarm before their machines are terminated.",
      "Managers stay as they are."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir cluster scale --workers 5 --name demo --dry-run",
      "  weir cluster scale --workers 1 --name demo --yes"
    })
final class ClusterScaleCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private ClusterName name;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private Ec2Place place;

  @Option(
      names = "--workers",
      required = true,
      paramLabel = "N",
      description = "How many workers there are to be, 0 to 100.")
  private int workers;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Account on new machines. Default: ec2-user.")
  private @Nullable String user;

  @Option(names = "--dry-run", description = "Show the plan; change nothing.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Do not ask before changes.")
  private boolean yes;

  @Option(names = "--json", description = "Print plan and result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    ClusterStore store = name.store();
    String chosen = name.chosen();
    Optional<ClusterRecord> known = store.find(chosen);
    if (!place.isEc2(known)) {
      throw new UserError(
          "%s: not on EC2 (expected: a cluster on EC2; for your own machines: weir cluster add,"
                  .formatted(chosen)
              + " weir cluster remove)");
    }
    var mode = new ClusterForming.Mode(dryRun, yes, json);
    try (var _ = store.lock(chosen)) {
      var leaving = new Ec2Leaving(store, chosen, Terminal.system());
      return new Ec2Scale(store, chosen, place, mode)
          .run(workers, leaving, Optional.ofNullable(user).orElse(Ec2Up.USER));
    }
  }
}
