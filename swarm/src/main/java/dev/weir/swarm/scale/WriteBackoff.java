package dev.weir.swarm.scale;

import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.engine.EngineException.Reason;

/// Waits longer after each write that the Engine refuses: 2 s, 4 s, up to a minute. After one
/// without a response it waits for 2 s, so that a service starts as soon as a manager is back.
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
  void failed(EngineException failure, long nowNanos) {
    boolean hasResponse = failure.status() > 0;
    why = String.valueOf(failure.getMessage());
    isForbidden = failure.reason() == Reason.REFUSED;
    pauseNanos =
        hasResponse && pauseNanos > 0 ? Math.min(LONGEST_NANOS, 2 * pauseNanos) : FIRST_NANOS;
    failedNanos = nowNanos;
  }

  /// Why the next write fails likewise until someone changes a setting; empty if it may succeed.
  String forbidden() {
    return isForbidden ? why : "";
  }

  /// Why to wait; empty if the next write may begin.
  String reason(long nowNanos) {
    boolean isOver = why.isEmpty() || nowNanos - failedNanos >= pauseNanos;
    return isOver ? "" : "waits after a failure: " + why;
  }
}
