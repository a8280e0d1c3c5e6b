package dev.weir.scale;

import java.util.ArrayDeque;

/// The replicas that were asked for and are not ready yet, and since when.
final class PendingReplicas {
  private final ArrayDeque<Long> sinceNanos = new ArrayDeque<>();

  /// Notes how many there are. The oldest become ready first.
  void note(int pending, long nowNanos) {
    while (sinceNanos.size() > Math.max(0, pending)) {
      sinceNanos.removeFirst();
    }
    while (sinceNanos.size() < pending) {
      sinceNanos.addLast(nowNanos);
    }
  }

  /// How long all of them together will have been ready by the time that a replica asked for now
  /// is, in seconds.
  double readySeconds(double coldStartSeconds, long nowNanos) {
    double sum = 0;
    for (long since : sinceNanos) {
      sum += Math.min(coldStartSeconds, (nowNanos - since) / 1e9);
    }
    return sum;
  }
}
