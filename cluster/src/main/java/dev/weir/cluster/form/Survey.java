package dev.weir.cluster.form;

import dev.weir.cluster.host.ClockOffset;
import dev.weir.cluster.host.Finding;
import dev.weir.cluster.host.Host;
import dev.weir.cluster.host.HostFacts;
import dev.weir.cluster.host.Machine;
import dev.weir.cluster.host.Parallel;
import dev.weir.cluster.host.Parallel.Outcome;
import dev.weir.cluster.host.SshHost;
import dev.weir.cluster.host.Waits;
import dev.weir.ssh.SshException;
import dev.weir.ssh.SshLogin;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All machines of a wanted cluster, logged in to and looked at, all at once. Nothing is changed.
public final class Survey implements AutoCloseable {
  private final ClusterOrder order;
  private final List<Host> hosts;
  private final List<Site> sites;
  private final List<Finding> findings;
  private final Engines engines;
  private final Optional<SwarmView> swarm;

  private Survey(
      ClusterOrder order,
      List<Host> hosts,
      List<Site> sites,
      List<Finding> findings,
      Engines engines,
      Optional<SwarmView> swarm) {
    this.order = order;
    this.hosts = hosts;
    this.sites = List.copyOf(sites);
    this.findings = List.copyOf(findings);
    this.engines = engines;
    this.swarm = swarm;
  }

  /// Logs in to a machine.
  @FunctionalInterface
  public interface Opener {
    /// Logs in.
    ///
    /// @throws SshException if that fails
    Host open(SshLogin login) throws SshException;
  }

  /// Logs in to all machines and looks at them. The caller closes it, also when there are faults.
  public static Survey of(ClusterOrder order) {
    return of(order, SshHost::open, InstantSource.system(), Waits.REAL);
  }

  static Survey of(ClusterOrder order, Opener opener, InstantSource clock, Waits waits) {
    var hosts = new ArrayList<Host>();
    var sites = new ArrayList<Site>();
    var findings = new ArrayList<Finding>();
    var looked = Parallel.each(order.nodes(), node -> look(node, opener, clock, hosts));
    for (var outcome : looked) {
      switch (outcome) {
        case Outcome.Done<ClusterOrder.Node, Machine>(var node, var machine) ->
            place(node, machine, sites, findings);
        case Outcome.Failed<ClusterOrder.Node, Machine>(var node, var why) ->
            findings.add(absent(node, why));
      }
    }
    var engines = new Engines(waits);
    var swarms = new SwarmChecks(order, sites, engines);
    findings.addAll(FleetChecks.of(sites));
    findings.addAll(swarms.run());
    findings.addAll(new PortChecks(sites).run());
    return new Survey(order, hosts, sites, findings, engines, swarms.view());
  }

  private static Machine look(
      ClusterOrder.Node node, Opener opener, InstantSource clock, List<Host> hosts)
      throws SshException {
    Host host = opener.open(node.login());
    synchronized (hosts) {
      hosts.add(host);
    }
    HostFacts facts = HostFacts.of(host);
    return new Machine(host, facts, ClockOffset.of(host, clock));
  }

  private static void place(
      ClusterOrder.Node node, Machine machine, List<Site> sites, List<Finding> findings) {
    findings.addAll(HostChecks.of(machine));
    switch (AdvertiseChoice.of(machine.facts(), node.advertise(), machine.name())) {
      case AdvertiseChoice.Chosen(var address) -> {
        sites.add(new Site(node, machine, address.ip()));
        if (machine.facts().addresses().size() > 1 && node.advertise().isEmpty()) {
          findings.add(
              Finding.note(
                  machine.name(),
                  "address",
                  "%s (%s), its only private one; another: --advertise-addr"
                      .formatted(address.ip(), address.card())));
        }
      }
      case AdvertiseChoice.Unclear(var found, var fix) ->
          findings.add(Finding.fault(machine.name(), "address", found, fix));
    }
  }

  /// A message of SSH ends with its fix in brackets.
  private static Finding absent(ClusterOrder.Node node, Exception why) {
    String said = String.valueOf(why.getMessage());
    String host = SshHost.named(node.login());
    int fix = said.endsWith(")") ? said.lastIndexOf(" (") : -1;
    return fix < 0
        ? Finding.fault(host, "login", said, "")
        : Finding.fault(
            host, "login", said.substring(0, fix), said.substring(fix + 2, said.length() - 1));
  }

  /// What is wanted.
  public ClusterOrder order() {
    return order;
  }

  /// The machines that can be used.
  public List<Site> sites() {
    return sites;
  }

  /// Everything that was found.
  public List<Finding> findings() {
    return findings;
  }

  /// Whether something must be mended before anything may be changed.
  public boolean hasFaults() {
    return findings.stream().anyMatch(Finding::isFault);
  }

  /// The wanted swarm; empty if it is not made yet.
  public Optional<SwarmView> swarm() {
    return swarm;
  }

  /// The engines of the machines.
  public Engines engines() {
    return engines;
  }

  @Override
  public void close() {
    engines.close();
    Parallel.each(
        hosts,
        host -> {
          host.close();
          return host;
        });
  }
}
