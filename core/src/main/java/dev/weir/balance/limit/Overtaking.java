package dev.weir.balance.limit;

/// Whether a service's replicas let short requests overtake long ones, as a shared processor does,
/// or work on requests in order of arrival.
final class Overtaking {
  /*
   * With c slots served in order, the next to end is among the c oldest. With a shared processor
   * and n requests it is any of them, so some (n - c)/n of the ends are of younger ones. Only ends
   * at more than c in flight separate the two. Until enough of them are seen, sharing is assumed:
   * then the limit of variable work stays open, which is never worse than least-requests.
   */
  private static final double WEIGHT = 1.0 / 64;
  private static final int ENOUGH = 50;
  private static final double IN_ORDER = 0.05;

  private double share = 1;
  private int seen;

  /// A request ended although more were in flight than the replica works on.
  void note(boolean overtook) {
    if (seen < ENOUGH) {
      seen++;
      share += ((overtook ? 1 : 0) - share) / seen;
    } else {
      share += WEIGHT * ((overtook ? 1 : 0) - share);
    }
  }

  /// Whether requests are served in order of arrival.
  boolean isInOrder() {
    return seen >= ENOUGH && share < IN_ORDER;
  }
}
