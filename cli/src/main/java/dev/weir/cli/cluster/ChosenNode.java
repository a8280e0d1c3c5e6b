package dev.weir.cli.cluster;

import dev.weir.base.UserError;
import dev.weir.cluster.record.ClusterRecord;
import dev.weir.cluster.record.NodeRecord;
import java.util.stream.Collectors;

/// A node as users name it: by its name, by the host of its login, or by the start of its id.
final class ChosenNode {
  private static final int ID_MIN = 4;

  private ChosenNode() {}

  /// The node that is meant.
  ///
  /// @throws UserError if there is none, naming those that there are
  static NodeRecord of(ClusterRecord cluster, String typed) {
    return cluster.nodes().stream()
        .filter(node -> isMeant(node, typed))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                "NODE: %s: not in the cluster %s (expected: %s)"
                    .formatted(
                        typed,
                        cluster.name(),
                        cluster.nodes().stream()
                            .map(NodeRecord::name)
                            .collect(Collectors.joining(", ")))));
  }

  private static boolean isMeant(NodeRecord node, String typed) {
    return node.name().equals(typed)
        || node.address().host().equals(typed)
        || (typed.length() >= ID_MIN
            && node.nodeId().filter(id -> id.startsWith(typed)).isPresent());
  }
}
