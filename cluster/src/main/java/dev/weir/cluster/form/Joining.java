package dev.weir.cluster.form;

import dev.weir.cluster.host.Parallel;
import dev.weir.cluster.host.Parallel.Outcome;
import dev.weir.cluster.host.Waits;
import dev.weir.ssh.SshException;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.nodes.SwarmMembership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Brings machines into a swarm. The tokens go from engine to engine in the bodies of requests over
/// SSH; they stay out of arguments, files and messages.
final class Joining {
  private static final Duration ACTIVE_MAX = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final ClusterOrder order;
  private final Engines engines;
  private final Engine manager;
  private final Waits waits;
  private final Watcher watcher;

  Joining(ClusterOrder order, Engines engines, Engine manager, Waits waits, Watcher watcher) {
    this.order = order;
    this.engines = engines;
    this.manager = manager;
    this.waits = waits;
    this.watcher = watcher;
  }

  /// Makes a swarm that bears its cluster's name from its first moment, and returns the node's id.
  static String init(Engine engine, String cluster, String address) {
    Map<String, String> labels = Map.of(SwarmView.CLUSTER, cluster, SwarmView.FORMING, "yes");
    return new SwarmMembership(engine).init(address, labels);
  }

  /// Joins the machines of the steps, and returns their new ids. Managers come one after another:
  /// each changes who has to agree.
  Map<Site, String> run(List<Step> steps) throws SshException, FormException {
    List<Site> joining = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Step.Join(var site)) {
        joining.add(site);
      }
    }
    var ids = new LinkedHashMap<Site, String>();
    if (joining.isEmpty()) {
      return ids;
    }
    new SwarmMembership(manager).relabel(labels -> with(labels, SwarmView.FORMING, "yes"));
    for (Site site : joining) {
      if (site.isManager()) {
        ids.put(site, join(site));
      }
    }
    workers(joining.stream().filter(site -> !site.isManager()).toList(), ids);
    return ids;
  }

  private void workers(List<Site> workers, Map<Site, String> ids) throws FormException {
    var failures = new ArrayList<String>();
    for (var outcome : Parallel.each(workers, this::join)) {
      switch (outcome) {
        case Outcome.Done<Site, String>(var site, var id) -> ids.put(site, id);
        case Outcome.Failed<Site, String>(var site, var why) ->
            failures.add(site.name() + ": " + why.getMessage());
      }
    }
    if (!failures.isEmpty()) {
      throw new FormException(String.join("\n", failures));
    }
  }

  private String join(Site site) throws SshException, FormException {
    Engine engine = engines.of(site.host());
    Step step = new Step.Join(site);
    watcher.note(step.host(), step.words());
    forgetFormer(site);
    var membership = new SwarmMembership(engine);
    if (!state(engine).equals("inactive")) {
      // A join that did not come to its end, or a swarm that has forgotten this node.
      membership.leave(true);
    }
    membership.join(managers(), token(site), site.address());
    if (!waits.until(ACTIVE_MAX, LOOK_EVERY, () -> state(engine).equals("active"))) {
      throw new FormException(
          "%s: has not become a node within %d s: %s (see: weir cluster status)"
              .formatted(
                  site.name(), ACTIVE_MAX.toSeconds(), swarm(engine).path("Error").asString("")));
    }
    watcher.done(step);
    return swarm(engine).path("NodeID").asString("");
  }

  private String token(Site site) {
    return new SwarmMembership(manager)
        .token(site.isManager() ? SwarmMembership.Role.MANAGER : SwarmMembership.Role.WORKER);
  }

  private List<String> managers() {
    var addresses = new ArrayList<String>();
    swarm(manager)
        .path("RemoteManagers")
        .forEach(remote -> addresses.add(remote.path("Addr").asString("")));
    return addresses;
  }

  /// A machine that was set up anew leaves its former self behind, Down for ever.
  private void forgetFormer(Site site) {
    var specs = new NodeSpecs(manager);
    for (SwarmView.Node node : SwarmView.of(manager).nodes()) {
      if (node.hostname().equals(site.facts().hostname()) && !node.ready()) {
        if (node.manager()) {
          specs.role(node.id(), "worker");
        }
        specs.remove(node.id(), true);
      }
    }
  }

  /// Makes new tokens.
  ///
  /// @param again whether the next run is to look at the swarm again
  void rotate(boolean again) {
    new SwarmMembership(manager)
        .rotateTokens(labels -> {
          var changed = new TreeMap<>(with(labels, SwarmView.CLUSTER, order.name()));
          if (!again) {
            changed.remove(SwarmView.FORMING);
          }
          return changed;
        });
  }

  private static Map<String, String> with(Map<String, String> labels, String name, String value) {
    var changed = new TreeMap<>(labels);
    changed.put(name, value);
    return changed;
  }

  private static String state(Engine engine) {
    return swarm(engine).path("LocalNodeState").asString("inactive");
  }

  private static JsonNode swarm(Engine engine) {
    return engine.get("/info").path("Swarm");
  }
}
