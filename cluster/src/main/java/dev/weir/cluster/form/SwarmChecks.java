package dev.weir.cluster.form;

import dev.weir.cluster.host.Finding;
import dev.weir.cluster.host.Membership;
import dev.weir.ssh.SshException;
import dev.weir.swarm.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which swarm machines are in already: none, the wanted one, or another, which is left alone.
final class SwarmChecks {
  private final ClusterOrder order;
  private final List<Site> sites;
  private final Engines engines;
  private final List<Finding> findings = new ArrayList<>();
  private Optional<SwarmView> view = Optional.empty();

  SwarmChecks(ClusterOrder order, List<Site> sites, Engines engines) {
    this.order = order;
    this.sites = sites;
    this.engines = engines;
  }

  /// Asks the managers, and says what is in the way.
  List<Finding> run() {
    for (Site site : sites) {
      Optional<Membership> member = site.membership();
      if (view.isEmpty() && member.isPresent() && member.get().manager()) {
        ask(site, member.get());
      }
    }
    Optional<String> ours = view.map(SwarmView::id).or(order::swarmId);
    for (Site site : sites) {
      site.membership()
          .filter(member -> !ours.equals(Optional.of(member.swarmId())))
          .ifPresent(member -> findings.add(foreign(site, member)));
    }
    return findings;
  }

  /// The wanted swarm; empty if it is not made yet.
  Optional<SwarmView> view() {
    return view;
  }

  private void ask(Site site, Membership member) {
    boolean known = order.swarmId().equals(Optional.of(member.swarmId()));
    if (!site.facts().isDockerRunning() || !site.facts().mayUseDocker()) {
      return;
    }
    try {
      SwarmView seen = SwarmView.of(engines.of(site.host()));
      if (known || order.name().equals(seen.labels().get(SwarmView.CLUSTER))) {
        view = Optional.of(seen);
      }
    } catch (EngineException | SshException e) {
      if (known) {
        findings.add(
            Finding.fault(
                site.name(),
                "swarm",
                String.valueOf(e.getMessage()),
                "start the other managers; if they are lost for ever, on this one: docker swarm"
                    + " init --force-new-cluster"));
      }
    }
  }

  private static Finding foreign(Site site, Membership member) {
    return Finding.fault(
        site.name(),
        "swarm",
        "a %s of another swarm (%s)"
            .formatted(member.manager() ? "manager" : "worker", member.swarmId()),
        "to take it out, with all that runs there: ssh %s docker swarm leave%s"
            .formatted(site.name(), member.manager() ? " --force" : ""));
  }
}
