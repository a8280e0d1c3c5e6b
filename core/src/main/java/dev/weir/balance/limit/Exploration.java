package dev.weir.balance.limit;

/// Lets a quarter more requests than a closed limit in now and then, to see their effect.
final class Exploration {
  private static final int EVERY = 16;
  private static final int LASTS = 3;

  /// How many times rarer it explores if the evidence is clear.
  private static final int SELDOM = 8;

  private int ended;

  /// How many requests more than `knee` to try.
  static int step(int knee) {
    return Math.max(1, knee / 4);
  }

  /// How many more requests than the knee may be in flight now.
  int extra(int knee) {
    return ended < LASTS * step(knee) ? step(knee) : 0;
  }

  /// A request ended while the replica was full.
  ///
  /// @param isClear whether the evidence already shows that more requests are useless
  void ended(int knee, boolean isClear) {
    int cycle = EVERY * step(knee) * (isClear ? SELDOM : 1);
    ended = ended + 1 >= cycle ? 0 : ended + 1;
  }

  void restart() {
    ended = 0;
  }
}
