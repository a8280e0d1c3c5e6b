package dev.weir.cluster.form;

import dev.weir.base.UserError;
import dev.weir.cluster.host.Parallel;
import dev.weir.cluster.host.Parallel.Outcome;
import dev.weir.cluster.host.Waits;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.ClusterStore;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.ssh.SshException;
import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Carries out what a cluster lacks. Each step looks first at what is there, so an interrupted run
/// is continued by the next.
public final class Formation {
  /// The setting of a cluster's record that holds the swarm's id.
  public static final String SWARM = "swarm";

  private static final Duration READY_MAX = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final List<Site> sites;
  private final ClusterOrder order;
  private final Engines engines;
  private final ClusterStore store;
  private final Waits waits;
  private final Watcher watcher;
  private final Map<Site, String> nodeIds = new LinkedHashMap<>();
  private ClusterRecord cluster;

  /// @param cluster what is written down of it from now on
  public Formation(Survey survey, ClusterStore store, ClusterRecord cluster, Watcher watcher) {
    this(survey, store, cluster, watcher, Waits.REAL);
  }

  Formation(
      Survey survey, ClusterStore store, ClusterRecord cluster, Watcher watcher, Waits waits) {
    this.sites = survey.sites();
    this.order = survey.order();
    this.engines = survey.engines();
    this.store = store;
    this.cluster = cluster;
    this.watcher = watcher;
    this.waits = waits;
  }

  /// Brings the cluster about.
  ///
  /// @throws FormException if a step fails; what is done by then stays
  public void run() throws FormException {
    store.write(cluster);
    prepare();
    try {
      join();
    } catch (SshException | EngineException | UserError e) {
      throw new FormException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Engines, on all machines at once. One that fails does not stop the others.
  private void prepare() throws FormException {
    var failures =
        Parallel.each(
                sites,
                site -> {
                  new EnginePreparation(site, engines, waits, watcher).run();
                  return site;
                })
            .stream()
            .filter(outcome -> outcome instanceof Outcome.Failed)
            .map(outcome ->
                String.valueOf(((Outcome.Failed<Site, Site>) outcome).why().getMessage()))
            .toList();
    if (!failures.isEmpty()) {
      throw new FormException(String.join("\n", failures));
    }
  }

  private void join() throws SshException, FormException {
    Engine manager = manager();
    FormPlan.nodeIds(sites).forEach(nodeIds::putIfAbsent);
    List<Step> steps = FormPlan.members(sites, nodeIds, Optional.of(SwarmView.of(manager)));
    var joining = new Joining(order, engines, manager, waits, watcher);
    nodeIds.putAll(joining.run(steps));
    write(SwarmView.of(manager).id());
    for (Step step : steps) {
      if (step instanceof Step.Label(var site, var labels)) {
        new NodeSpecs(manager).label(nodeIds.getOrDefault(site, ""), labels);
        watcher.done(step);
      }
    }
    finish(manager);
  }

  /// The engine of a manager: of the swarm that is there, else of the one that is made now.
  private Engine manager() throws SshException, FormException {
    List<Site> members = sites.stream().filter(site -> site.membership().isPresent()).toList();
    Optional<Site> known =
        members.stream().filter(site -> site.membership().orElseThrow().manager()).findFirst();
    if (known.isPresent()) {
      return engines.of(known.get().host());
    }
    if (!members.isEmpty()) {
      throw new FormException(
          "%s: in a swarm without any manager among these machines (expected: its managers too)"
              .formatted(members.getFirst().name()));
    }
    Site first = sites.getFirst();
    Engine engine = engines.of(first.host());
    Step step = new Step.Init(first);
    watcher.note(step.host(), step.words());
    nodeIds.put(first, Joining.init(engine, order.name(), first.address()));
    watcher.done(step);
    write(SwarmView.of(engine).id());
    return engine;
  }

  /// The looks, and then new tokens if machines were added: also where a look fails, and then the
  /// next run looks again.
  private void finish(Engine manager) throws SshException, FormException {
    if (!SwarmView.of(manager).isForming()) {
      verify(manager);
      return;
    }
    var tokens = new Joining(order, engines, manager, waits, watcher);
    try {
      verify(manager);
      overlay(manager);
    } catch (FormException e) {
      tokens.rotate(true);
      throw e;
    }
    tokens.rotate(false);
    watcher.done(new Step.Rotate());
  }

  private void verify(Engine manager) throws FormException {
    watcher.note("all", "waits until all nodes are Ready");
    var missing = new ArrayList<String>();
    boolean all =
        waits.until(
            READY_MAX,
            LOOK_EVERY,
            () -> {
              SwarmView view = SwarmView.of(manager);
              missing.clear();
              nodeIds.forEach((site, id) -> {
                if (!view.node(id).map(SwarmView.Node::ready).orElse(false)) {
                  missing.add(site.name());
                }
              });
              return missing.isEmpty();
            });
    if (!all) {
      throw new FormException(
          "%s: not Ready after %d s (see there: sudo journalctl -u docker)"
              .formatted(String.join(", ", missing), READY_MAX.toSeconds()));
    }
    watcher.done(new Step.Verify(sites.size()));
  }

  private void overlay(Engine manager) throws SshException, FormException {
    if (sites.size() > 1) {
      watcher.note("all", "sends 9,000 bytes between all nodes");
      var check = new OverlayCheck(manager, sites, engines, waits);
      check.run().forEach(note -> watcher.note("all", note));
      watcher.done(new Step.Overlay(sites.size()));
    }
  }

  private void write(String swarmId) {
    Map<String, String> ids =
        nodeIds.entrySet().stream()
            .collect(
                Collectors.toMap(each -> each.getKey().facts().hostname(), Map.Entry::getValue));
    List<NodeRecord> nodes =
        cluster.nodes().stream()
            .map(
                node -> ids.containsKey(node.name()) ? node.withNodeId(ids.get(node.name())) : node)
            .toList();
    cluster = cluster.withNodes(nodes).withSetting(SWARM, swarmId);
    store.write(cluster);
  }
}
