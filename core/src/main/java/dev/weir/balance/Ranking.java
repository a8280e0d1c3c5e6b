package dev.weir.balance;

import java.util.Arrays;

/// Keeps the best of many replicas at hand while each of them changes now and then.
///
/// A tournament tree (Knuth, The Art of Computer Programming, vol. 3, 5.4.1): a change replays the
/// matches on one path to the root, ten of them for a thousand replicas.
final class Ranking {
  private final Order order;
  private Replica[] leaves = new Replica[0];
  private int[] winners = new int[0];
  private int size;

  Ranking(Order order) {
    this.order = order;
  }

  /// Ranks the first `count` of `replicas`, and tells each its place.
  void become(Replica[] replicas, int count) {
    leaves = Arrays.copyOf(replicas, count);
    size = count;
    winners = new int[2 * Math.max(1, count)];
    for (int i = 0; i < count; i++) {
      leaves[i].place(i);
      winners[count + i] = i;
    }
    for (int node = count - 1; node >= 1; node--) {
      winners[node] = match(node);
    }
  }

  /// The best of all; there is at least one.
  Replica best() {
    return leaves[winners[1]];
  }

  /// A replica changed. One that is not ranked here is passed over.
  void changed(Replica replica) {
    int place = replica.place();
    if (place < size && leaves[place] == replica) {
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
