package dev.weir.lab.sampling;

import dev.weir.observe.SampleSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The sampled nodes and their sources; more may join while a run is recorded.
///
/// Nodes are identified by id, since two nodes of a swarm may have one name.
public final class SampledNodes {
  private final List<Sampled> sampled = new ArrayList<>();
  private final List<Silent> silent = new ArrayList<>();
  private final Consumer<SampledNodes> finder;

  /// Nodes that are added by hand, and no others.
  public SampledNodes() {
    this(_ -> {});
  }

  /// @param finder adds nodes that are new
  SampledNodes(Consumer<SampledNodes> finder) {
    this.finder = finder;
  }

  /// A node that is sampled.
  ///
  /// @param node its name
  /// @param how its source, in a word
  public record Sampled(String id, String node, String how, SampleSource source) {
    @Override
    public String toString() {
      return node + " (" + how + ")";
    }
  }

  /// A node without a source of samples.
  ///
  /// @param node its name
  /// @param reason why, in one line
  public record Silent(String id, String node, String reason) {}

  /// Adds nodes that are new.
  public void find() {
    finder.accept(this);
  }

  synchronized void add(String id, String node, String how, SampleSource source) {
    silent.removeIf(one -> one.id().equals(id));
    sampled.add(new Sampled(id, node, how, source));
  }

  /// Keeps the first reason why a node is not sampled.
  synchronized void miss(String id, String node, String reason) {
    if (silent.stream().noneMatch(one -> one.id().equals(id))) {
      silent.add(new Silent(id, node, reason));
    }
  }

  synchronized boolean isSampled(String id) {
    return sampled.stream().anyMatch(one -> one.id().equals(id));
  }

  public synchronized List<Sampled> sampled() {
    return List.copyOf(sampled);
  }

  public List<SampleSource> sources() {
    return sampled().stream().map(Sampled::source).toList();
  }

  /// The nodes that are not sampled: a chart without them must say so.
  public synchronized List<Silent> silent() {
    return List.copyOf(silent);
  }

  /// Such as `m1 (agent), w1 (cadvisor)`.
  public String describe() {
    List<String> all = sampled().stream().map(Sampled::toString).toList();
    return all.isEmpty() ? "no node" : String.join(", ", all);
  }
}
