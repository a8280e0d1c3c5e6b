package dev.weir.balance;

/// How many times its knee a replica should have in flight, given how variable the work is.
final class Spread {
  /*
   * With one slot per core a few long requests can hold all of them while short ones wait. Letting
   * more in makes the replica share its cores, so that short requests get past, at the price of
   * everyone's share. Simulated at rho .7 to .95 with cs² from 1 to 16 (docs/decisions/011-limits.md)
   * the p99 gains, or at least loses nothing, from cs² / cores on: the more cores a service has, the
   * less likely that long requests hold all of them. Below that one slot per core has the best p99.
   */
  private static final int MAX = 4;

  /// How far the ratio must go past the border before the factor follows it.
  private static final double HYSTERESIS = 0.15;

  private Spread() {}

  /// The factor for cs² = `workScv` and `knees` slots in all, now that it is `present`.
  static int of(double workScv, int knees, int present) {
    double ratio = Math.min(workScv / Math.max(1, knees), MAX);
    if (Double.isNaN(ratio) || Math.abs(ratio - present) <= 0.5 + HYSTERESIS) {
      return present;
    }
    return Math.clamp(Math.round(ratio), 1, MAX);
  }
}
