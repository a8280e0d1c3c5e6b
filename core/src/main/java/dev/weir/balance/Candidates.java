package dev.weir.balance;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The replicas that a policy may choose from, in an array that is refilled and never copied for a
/// pick.
final class Candidates {
  /// From how many replicas on a ranking is cheaper than looking at each.
  private static final int RANKED_FROM = 12;

  private Replica[] replicas = new Replica[0];
  private int size;
  private final @Nullable Ranking ranking;
  private boolean ranked;

  /// A pool that is looked through for each pick.
  Candidates() {
    ranking = null;
  }

  /// A pool that keeps its best by `order` at hand, if told of changes.
  Candidates(Order order) {
    ranking = new Ranking(order);
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// The replica at `index`, from 0 to `size() - 1`.
  Replica at(int index) {
    return replicas[index];
  }

  /// The best by `order`, which is the pool's own if it has one. There is at least one replica.
  Replica best(Order order) {
    if (ranked && ranking != null) {
      return ranking.best();
    }
    Replica best = replicas[0];
    for (int i = 1; i < size; i++) {
      if (order.isBefore(replicas[i], best)) {
        best = replicas[i];
      }
    }
    return best;
  }

  /// What a policy goes by has changed with this replica.
  void changed(Replica replica) {
    if (ranked && ranking != null) {
      ranking.changed(replica);
    }
  }

  /// All are in, or all may have changed.
  void rank() {
    ranked = ranking != null && size >= RANKED_FROM;
    if (ranked && ranking != null) {
      ranking.become(replicas, size);
    }
  }

  void add(Replica replica) {
    if (size == replicas.length) {
      replicas = Arrays.copyOf(replicas, Math.max(4, size * 2));
    }
    replicas[size++] = replica;
  }

  /// Takes over the others' members except `avoid`.
  void refillWithout(Replica avoid, Candidates others) {
    clear();
    for (int i = 0; i < others.size; i++) {
      if (others.replicas[i] != avoid) {
        add(others.replicas[i]);
      }
    }
  }

  @SuppressWarnings("NullAway") // a forgotten replica must not be kept alive; at() stops before it
  void clear() {
    Arrays.fill(replicas, 0, size, null);
    size = 0;
    ranked = false;
  }
}
