package dev.weir.balance;

import java.util.Arrays;

/// The replicas that a policy may choose from, in an array that is refilled and never copied for a
/// pick.
final class Pool {
  private Replica[] replicas = new Replica[0];
  private int size;

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

  void add(Replica replica) {
    if (size == replicas.length) {
      replicas = Arrays.copyOf(replicas, Math.max(4, size * 2));
    }
    replicas[size++] = replica;
  }

  /// Takes over the others' members except `avoid`.
  void refillWithout(Replica avoid, Pool others) {
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
  }
}
