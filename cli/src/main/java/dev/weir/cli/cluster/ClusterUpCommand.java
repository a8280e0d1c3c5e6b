package dev.weir.cli.cluster;

import dev.weir.base.UserError;
import dev.weir.cluster.form.ClusterOrder;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.ClusterStore;
import dev.weir.ssh.SshAddress;
import dev.weir.term.Terminal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `weir cluster up`.
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    header = "Make a swarm of machines, or finish one.",
    description = {
      "Checks all machines before it changes any, installs Docker Engine where it is missing, makes",
      "the swarm, and sends 9,000 bytes between all nodes. A second run changes nothing; after an",
      "interruption it goes on from what is there. Exits with 1 if a check finds a fault."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir cluster up --ssh admin@10.0.0.4,admin@10.0.0.5,admin@10.0.0.6 --name demo",
      "  weir cluster up --ssh a,b,c --managers 3 --user admin --key ~/.ssh/demo --dry-run",
      "  weir cluster up --provider ec2 --name demo --operator-cidr 203.0.113.7 --dry-run",
      "  weir cluster up --name demo"
    })
final class ClusterUpCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private ClusterName name;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private HostOptions hosts;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private Ec2Place place;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private Ec2Options machines;

  @Option(
      names = "--managers",
      paramLabel = "N",
      description =
          "How many of the machines, the first ones, are managers: 1, 3 or 5. Default: 1.")
  private @Nullable Integer managers;

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
    String chosen = name.chosen();
    try (var _ = store.lock(chosen)) {
      Optional<ClusterRecord> found = store.find(chosen);
      if (place.isEc2(found)) {
        boolean formed = found.filter(one -> !one.nodes().isEmpty()).isPresent();
        return onEc2(store, chosen, addresses, formed);
      }
      machines.refuse();
      ClusterRecord known = found.orElseGet(() -> fresh(chosen));
      if (hosts.key().isPresent()) {
        known =
            new ClusterRecord(
                known.name(), known.provider(), known.nodes(), hosts.key(), known.settings());
      }
      var orders = new ClusterOrders(known, store.knownHosts(chosen), hosts);
      ClusterOrder order =
          found.isPresent()
              ? orders.again(addresses, Optional.ofNullable(managers))
              : orders.of(addresses, checked(addresses));
      new HostKeyPinning(store.knownHosts(chosen), hosts.trusted(), hosts.acceptsHostKeys())
          .run(order.nodes(), Terminal.system());
      return new ClusterForming(store, known, new ClusterForming.Mode(dryRun, yes, json))
          .run(order);
    }
  }

  private int onEc2(ClusterStore store, String chosen, List<SshAddress> addresses, boolean formed) {
    if (!addresses.isEmpty()) {
      throw new UserError("--ssh: given with machines on EC2 (expected: one of the two)");
    }
    return new Ec2Up(
            chosen,
            store,
            place,
            hosts.user().orElse(Ec2Up.USER),
            new ClusterForming.Mode(dryRun, yes, json))
        .run(ec2 -> ec2.planUp(exists -> machines.settings(chosen, managers, exists, formed)));
  }

  private static ClusterRecord fresh(String name) {
    return new ClusterRecord(
        name, ClusterRecord.Provider.SSH, List.of(), Optional.empty(), Map.of());
  }

  private int checked(List<SshAddress> addresses) {
    if (addresses.isEmpty()) {
      throw new UserError(
          "--ssh: not given (expected: machines, as in --ssh admin@10.0.0.4,admin@10.0.0.5)");
    }
    int wanted = managers == null ? 1 : managers;
    Optional<String> problem = ClusterOrder.managerProblem(wanted, addresses.size());
    if (problem.isPresent()) {
      throw new UserError("--managers: " + problem.get());
    }
    return wanted;
  }
}
