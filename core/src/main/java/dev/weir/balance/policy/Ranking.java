package dev.weir.balance.policy;

import java.util.List;

/// Keeps the best of many replicas at hand while single ones change.
///
/// A tournament tree (Knuth, The Art of Computer Programming, vol. 3, 5.4.1): a change replays the
/// matches on one path to the root, ten of them for a thousand replicas.
final class Ranking<C extends Candidate> {
  private final Order order;
  private List<C> ranked = List.of();
  private Candidate[] leaves = new Candidate[0];
  private int[] winners = new int[0];

  Ranking(Order order) {
    this.order = order;
  }

  /// Ranks `replicas`, at least one, and notes the position of each.
  void become(List<C> replicas) {
    ranked = List.copyOf(replicas);
    leaves = ranked.toArray(Candidate[]::new);
    int count = leaves.length;
    winners = new int[2 * count];
    for (int i = 0; i < count; i++) {
      Turn.of(leaves[i]).place(i);
      winners[count + i] = i;
    }
    for (int node = count - 1; node >= 1; node--) {
      winners[node] = match(node);
    }
  }

  /// The best of all; there is at least one.
  C best() {
    return ranked.get(winners[1]);
  }

  /// A replica changed; ignored if it is not ranked here.
  void changed(C replica) {
    int place = Turn.of(replica).place();
    int size = leaves.length;
    if (place < size && leaves[place].equals(replica)) {
      for (int node = (size + place) / 2; node >= 1; node /= 2) {
        winners[node] = match(node);
      }
    }
  }

  private int match(int node) {
    int one = winners[2 * node];
    int other = winners[2 * node + 1];
    return order.isBefore(leaves[other], leaves[one]) ? other : one;
  }
}
