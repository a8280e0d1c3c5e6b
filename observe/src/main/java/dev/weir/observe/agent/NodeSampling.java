package dev.weir.observe.agent;

import dev.weir.observe.SampleSource;
import dev.weir.observe.container.CgroupFiles;
import dev.weir.observe.container.ContainerDirectory;
import dev.weir.observe.container.ContainerUsage;
import dev.weir.observe.container.DockerStats;
import dev.weir.observe.container.NamedContainer;
import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The containers of this node: names from its engine, figures from control groups, or from the
/// engine if a container's group cannot be found.
public final class NodeSampling implements SampleSource {
  /*
   * Reading the groups is cheap, asking the engine is not. So the engine is asked for names when a
   * group without a known name appears, and otherwise every ten seconds. Other engines on the same
   * kernel have groups too. For a group that stays without a name, the engine is asked in a few
   * rounds, since it lists a container some time after its group appears, and then only with the
   * next regular request.
   */
  private static final Duration NAMES_FRESH = Duration.ofSeconds(10);
  private static final int ASKED_MAX = 5;
  static final String FROM_CGROUP = "cgroup";
  static final String FROM_ENGINE = "docker";

  private final String node;
  private final Optional<CgroupFiles> cgroups;
  private final ContainerDirectory engine;
  private final SampleRing ring;
  private final Map<String, Integer> asked = new HashMap<>();
  private Map<String, NamedContainer> names = Map.of();
  private Instant namesRead = Instant.MIN;

  /// @param cgroups absent if only the engine is available
  NodeSampling(
      String node, Optional<CgroupFiles> cgroups, ContainerDirectory engine, SampleRing ring) {
    this.node = node;
    this.cgroups = cgroups;
    this.engine = engine;
    this.ring = ring;
  }

  @Override
  public String name() {
    return "containers of " + node;
  }

  @Override
  public List<ContainerSample> read(Instant now) throws IOException {
    long beganNanos = System.nanoTime();
    Set<String> groups = cgroups.map(CgroupFiles::ids).orElse(Set.of());
    Optional<IOException> failure = refresh(groups, now);
    var samples = new ArrayList<ContainerSample>();
    var running = new HashSet<String>();
    for (NamedContainer container : names.values()) {
      // Each container at its own instant: with many containers a round takes milliseconds.
      Instant at = now.plusNanos(System.nanoTime() - beganNanos);
      sample(container, groups, at)
          .ifPresent(sample -> {
            samples.add(sample);
            running.add(container.id());
          });
    }
    ring.round(running, now);
    if (failure.isPresent()) {
      throw failure.get();
    }
    return samples;
  }

  private Optional<ContainerSample> sample(
      NamedContainer container, Set<String> groups, Instant at) {
    if (cgroups.isPresent() && groups.contains(container.id())) {
      return cgroups
          .get()
          .read(container.id())
          .map(usage -> keep(container, usage, at, FROM_CGROUP));
    }
    try {
      return DockerStats.parse(engine.stats(container.id()))
          .map(stats -> keep(container, stats.usage(), stats.read(), FROM_ENGINE));
    } catch (IOException e) {
      // It has ended since its name was read, or does not run yet.
      return Optional.empty();
    }
  }

  private ContainerSample keep(
      NamedContainer container, ContainerUsage usage, Instant at, String source) {
    ContainerSample sample = usage.sample(container.name(), node, at, source);
    ring.add(container, usage.memoryLimitBytes(), sample);
    return sample;
  }

  /// Asks for names if due. If the engine does not respond, the old names stay in use.
  private Optional<IOException> refresh(Set<String> groups, Instant now) {
    asked.keySet().retainAll(groups);
    boolean unnamed =
        groups.stream()
            .anyMatch(id -> !names.containsKey(id) && asked.getOrDefault(id, 0) < ASKED_MAX);
    if (!unnamed && Duration.between(namesRead, now).compareTo(NAMES_FRESH) < 0) {
      return Optional.empty();
    }
    try {
      var fresh = new HashMap<String, NamedContainer>();
      engine.containers().forEach(one -> fresh.put(one.id(), one));
      names = fresh;
      namesRead = now;
      groups.stream()
          .filter(id -> !fresh.containsKey(id))
          .forEach(id -> asked.merge(id, 1, Integer::sum));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          new IOException(
              "the engine does not respond: "
                  + Objects.requireNonNullElse(e.getMessage(), e.toString()),
              e));
    }
  }
}
