package dev.weir.cluster.form;

import java.util.List;
import java.util.Optional;

/// Whether a swarm can lose a manager: managers decide while more than half of them are up.
final class Quorum {
  private Quorum() {}

  /// Why a node must stay; empty if it may go.
  static Optional<String> refusal(SwarmView view, SwarmView.Node leaving) {
    if (!leaving.manager()) {
      return Optional.empty();
    }
    List<SwarmView.Node> others =
        view.nodes().stream()
            .filter(node -> node.manager() && !node.id().equals(leaving.id()))
            .toList();
    long up = others.stream().filter(node -> node.ready() && node.reachable()).count();
    int needed = others.size() / 2 + 1;
    if (others.isEmpty()) {
      return Optional.of(
          ("%s is the only manager: with it, the swarm and all its services end (to end it: weir"
                  + " cluster down; to replace it, add two first: weir cluster add --manager)")
              .formatted(leaving.hostname()));
    }
    return up >= needed
        ? Optional.empty()
        : Optional.of(
            "%s is one of %d managers, and of the other %d only %d are up: they need %d to decide anything (start the others first)"
                .formatted(leaving.hostname(), others.size() + 1, others.size(), up, needed));
  }

  /// What the managers that stay can bear; empty if that is as before.
  static Optional<String> warning(SwarmView view, SwarmView.Node leaving) {
    long left = view.nodes().stream().filter(SwarmView.Node::manager).count() - 1;
    return leaving.manager() && left % 2 == 0
        ? Optional.of(
            "%d managers stay, which survive no failure more than %d would; add one: weir cluster add --manager"
                .formatted(left, left - 1))
        : Optional.empty();
  }
}
