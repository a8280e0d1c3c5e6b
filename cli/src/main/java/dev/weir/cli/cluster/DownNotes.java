package dev.weir.cli.cluster;

import java.util.List;

/// What stays on machines that have left a cluster.
final class DownNotes {
  private DownNotes() {}

  /// A line about their engines.
  static String engine(List<String> nodes) {
    return "what stays on %s: Docker Engine, its images and volumes, and the account's place in the group docker (to remove the engine: sudo apt-get remove docker.io, or sudo dnf remove docker moby-engine)"
        .formatted(String.join(", ", nodes));
  }
}
