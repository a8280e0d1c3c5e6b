package dev.weir.balance.policy;

/// When a replica was last picked, and its place in the [Ranking]: the state of an [OrderedPolicy].
final class Turn implements PickState {
  private long number;
  private int place;

  static Turn of(Candidate candidate) {
    return (Turn) candidate.pickState();
  }

  /// Whether `one` was picked longer ago than `other`.
  static boolean isBefore(Candidate one, Candidate other) {
    return of(one).number < of(other).number;
  }

  /// The number of the pick that chose the replica last; 0 before the first.
  void number(long pick) {
    number = pick;
  }

  int place() {
    return place;
  }

  void place(int index) {
    place = index;
  }
}
