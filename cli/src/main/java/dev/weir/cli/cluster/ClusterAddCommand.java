package dev.weir.cli.cluster;

import dev.weir.base.UserError;
import dev.weir.cluster.form.ClusterOrder;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.ClusterStore;
import dev.weir.cluster.record.NodeRecord.Role;
import dev.weir.ssh.SshAddress;
import dev.weir.term.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `weir cluster add`.
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    header = "Add machines to a cluster.",
    description = {
      "Checks and does the same as 'weir cluster up', for the new machines and between them and the",
      "old ones. Uses the cluster's key and makes new join tokens at the end."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir cluster add --name demo --ssh admin@10.0.0.7",
      "  weir cluster add --name demo --ssh d,e --manager"
    })
final class ClusterAddCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private ClusterName name;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private HostOptions hosts;

  @Option(names = "--manager", description = "They become managers.")
  private boolean manager;

  @Option(names = "--dry-run", description = "Check and show the plan; change nothing.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Do not ask before changes.")
  private boolean yes;

  @Option(names = "--json", description = "Print findings, plan and result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    List<SshAddress> addresses = hosts.addresses();
    ClusterStore store = name.store();
    ClusterRecord known = name.existing();
    check(known, addresses);
    try (var _ = store.lock(known.name())) {
      var orders = new ClusterOrders(known, store.knownHosts(known.name()), hosts);
      ClusterOrder order = orders.with(addresses, manager ? Role.MANAGER : Role.WORKER);
      new HostKeyPinning(store.knownHosts(known.name()), hosts.trusted(), hosts.acceptsHostKeys())
          .run(order.nodes(), Terminal.system());
      return new ClusterForming(store, known, new ClusterForming.Mode(dryRun, yes, json))
          .run(order);
    }
  }

  private void check(ClusterRecord known, List<SshAddress> addresses) {
    if (addresses.isEmpty()) {
      throw new UserError("--ssh: not given (expected: the new machines, as in --ssh admin@HOST)");
    }
    for (SshAddress address : addresses) {
      boolean there =
          known.nodes().stream()
              .anyMatch(node ->
                  node.address().host().equals(address.host())
                      && node.address().port().equals(address.port()));
      if (there) {
        throw new UserError(
            "--ssh: %s: is in the cluster %s already (to finish it: weir cluster up --name %s)"
                .formatted(address, known.name(), known.name()));
      }
    }
    int managers = known.managers().size() + (manager ? addresses.size() : 0);
    if (manager && managers % 2 == 0) {
      throw new UserError(
          "--manager: there would be %d managers, which survive no more failures than %d (expected: 1, 3 or 5 in the end: add two at once)"
              .formatted(managers, managers - 1));
    }
  }
}
