package dev.weir.swarm.scale;

/// Waits longer after each failed write: 2 s, 4 s, up to a minute.
final class WriteBackoff {
  private static final long FIRST_NANOS = 2_000_000_000L;
  private static final long LONGEST_NANOS = 60_000_000_000L;

  private String why = "";
  private boolean isForbidden;
  private long pauseNanos;
  private long failedNanos;

  /// A write succeeded, or was not needed any more.
  void succeeded() {
    why = "";
    isForbidden = false;
    pauseNanos = 0;
  }

  /// A write failed.
  ///
  /// @param forbidden whether the next one fails likewise until someone changes a setting
  void failed(String reason, boolean forbidden, long nowNanos) {
    why = reason;
    isForbidden = forbidden;
    pauseNanos = pauseNanos == 0 ? FIRST_NANOS : Math.min(LONGEST_NANOS, 2 * pauseNanos);
    failedNanos = nowNanos;
  }

  /// Why writes are not allowed; empty if they may be.
  String forbidden() {
    return isForbidden ? why : "";
  }

  /// Why to wait; empty if the next write may begin.
  String reason(long nowNanos) {
    boolean isOver = why.isEmpty() || nowNanos - failedNanos >= pauseNanos;
    return isOver ? "" : "waits after a failure: " + why;
  }
}
