package dev.weir.cluster.form;

import dev.weir.cluster.install.Packages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is missing between machines as they are and the wanted cluster. Empty if nothing is.
///
/// @param steps in their order; those of one machine's engine are done for all machines at once
public record FormPlan(List<Step> steps) {
  public FormPlan {
    steps = List.copyOf(steps);
  }

  /// What is missing, as a survey found it.
  public static FormPlan of(Survey survey) {
    return of(survey.sites(), survey.swarm());
  }

  static FormPlan of(List<Site> sites, Optional<SwarmView> swarm) {
    var steps = new ArrayList<Step>();
    sites.forEach(site -> steps.addAll(engine(site)));
    steps.addAll(members(sites, nodeIds(sites), swarm));
    return new FormPlan(steps);
  }

  /// Whether everything is as wanted.
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /// What one machine's engine needs.
  static List<Step> engine(Site site) {
    var steps = new ArrayList<Step>();
    if (!site.facts().hasDocker()) {
      steps.add(new Step.Install(site, Packages.of(site.facts())));
    }
    if (!site.facts().isDockerRunning()) {
      steps.add(new Step.Start(site));
    }
    if (!site.facts().mayUseDocker()) {
      steps.add(new Step.Allow(site));
    }
    return steps;
  }

  /// The nodes that machines believe to be.
  static Map<Site, String> nodeIds(List<Site> sites) {
    var ids = new LinkedHashMap<Site, String>();
    sites.forEach(site -> site.membership().ifPresent(member -> ids.put(site, member.nodeId())));
    return ids;
  }

  /// What the swarm lacks.
  ///
  /// @param ids the nodes that machines believe to be
  static List<Step> members(List<Site> sites, Map<Site, String> ids, Optional<SwarmView> swarm) {
    var steps = new ArrayList<Step>();
    for (Site site : sites) {
      if (ids.isEmpty() && steps.isEmpty()) {
        steps.add(new Step.Init(site));
      } else if (!isMember(ids.get(site), swarm)) {
        steps.add(new Step.Join(site));
      }
    }
    boolean isChanged = !steps.isEmpty();
    sites.forEach(site -> labels(site, ids.get(site), swarm).ifPresent(steps::add));
    if (isChanged || swarm.map(SwarmView::isForming).orElse(false)) {
      steps.add(new Step.Verify(sites.size()));
      if (sites.size() > 1) {
        steps.add(new Step.Overlay(sites.size()));
      }
      steps.add(new Step.Rotate());
    } else if (!steps.isEmpty() || !areReady(sites, ids, swarm)) {
      steps.add(new Step.Verify(sites.size()));
    }
    return steps;
  }

  private static boolean areReady(
      List<Site> sites, Map<Site, String> ids, Optional<SwarmView> swarm) {
    return sites.stream()
        .allMatch(site ->
            swarm
                .flatMap(view -> view.node(ids.getOrDefault(site, "")))
                .map(SwarmView.Node::ready)
                .orElse(false));
  }

  /// A machine that believes to be a node counts as one only if its managers know it.
  private static boolean isMember(@Nullable String id, Optional<SwarmView> swarm) {
    return id != null && (swarm.isEmpty() || swarm.get().node(id).isPresent());
  }

  private static Optional<Step> labels(Site site, @Nullable String id, Optional<SwarmView> swarm) {
    Map<String, String> there =
        Optional.ofNullable(id)
            .flatMap(known -> swarm.flatMap(view -> view.node(known)))
            .map(SwarmView.Node::labels)
            .orElse(Map.of());
    var missing = new TreeMap<>(site.order().labels());
    missing.entrySet().removeAll(there.entrySet());
    return missing.isEmpty() ? Optional.empty() : Optional.of(new Step.Label(site, missing));
  }
}
