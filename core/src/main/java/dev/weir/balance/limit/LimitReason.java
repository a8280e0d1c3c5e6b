package dev.weir.balance.limit;

/// Explains in words why a learned limit has its value.
final class LimitReason {
  private LimitReason() {}

  /// @param knee at which the limit closed; 0 if it did not
  /// @param guess the knee that the evidence leans to; 0 for none
  /// @param waived whether the limit is open because of variable work
  /// @param closedAfter how many completions supported the knee when the limit closed
  static String of(
      int knee, int guess, boolean waived, double closedAfter, KneePool pool, long nowNanos) {
    if (knee > 0 && waived) {
      return "open: work varies so much (cs² %s) that short requests gain by overtaking; knee %d"
          .formatted(Math.round(pool.variability() * 10) / 10.0, knee);
    }
    if (knee > 0) {
      return "closed at %d: %d completions, rate flat above %d"
          .formatted(knee, Math.round(closedAfter), knee);
    }
    if (pool.isHeld(nowNanos)) {
      return "open: full replicas completed less than before; no limit for another %d s"
          .formatted(Math.round(pool.heldForNanos(nowNanos) / 1e9));
    }
    if (guess > 0) {
      return "open: rate seems flat above %d, not clear yet".formatted(guess);
    }
    return "open: nothing speaks against more";
  }
}
