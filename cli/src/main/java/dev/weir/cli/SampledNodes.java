package dev.weir.cli;

import dev.weir.observe.SampleSource;
import java.util.ArrayList;
import java.util.List;

/// The nodes whose containers are sampled, and how.
final class SampledNodes {
  private final List<SampleSource> sources = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<Silent> silent = new ArrayList<>();

  /// A node of which nothing is recorded.
  ///
  /// @param node its name
  /// @param reason why, in one line
  record Silent(String node, String reason) {}

  void add(String node, String how, SampleSource source) {
    sources.add(source);
    lines.add(node + " (" + how + ")");
  }

  void miss(String node, String reason) {
    silent.add(new Silent(node, reason));
  }

  List<SampleSource> sources() {
    return List.copyOf(sources);
  }

  /// Those that are not sampled: a chart without them must say so.
  List<Silent> silent() {
    return List.copyOf(silent);
  }

  /// Such as `m1 (agent), w1 (cadvisor)`.
  String describe() {
    return lines.isEmpty() ? "no node" : String.join(", ", lines);
  }
}
