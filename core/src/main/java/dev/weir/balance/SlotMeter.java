package dev.weir.balance;

import dev.weir.scale.HeldMaximum;
import java.util.List;

/// How many requests a replica of a service works on at once at full speed, as far as its balancer
/// knows.
final class SlotMeter {
  /*
   * A replica that had n requests in flight without showing a knee has at least n slots. The largest
   * n counts for a while: by the mean of this very moment, every replica would be busy all of the
   * time, and the autoscaler would always ask for one more. A mean over two seconds is not a burst
   * that waited inside the replica. What was in flight before a limit closed did wait there, so it
   * is forgotten then.
   */
  private static final long PERIOD_NANOS = 2_000_000_000L;
  private static final double HOLD_SECONDS = 1800;

  private final HeldMaximum inFlight = new HeldMaximum(HOLD_SECONDS);
  private int last = 1;
  private boolean started;
  private long periodSinceNanos;

  /// Time passes, and the time of all active replicas is accounted for.
  void tick(Membership members, long nowNanos) {
    long elapsedNanos = nowNanos - periodSinceNanos;
    if (started && elapsedNanos < PERIOD_NANOS) {
      return;
    }
    double requestNanos = 0;
    for (Replica replica : members.all()) {
      double its = replica.takeRequestNanos();
      requestNanos += replica.isDraining() ? 0 : its;
    }
    if (started) {
      note(members.active(), requestNanos / elapsedNanos, nowNanos);
    }
    started = true;
    periodSinceNanos = nowNanos;
  }

  private void note(List<Replica> active, double meanInFlight, long nowNanos) {
    if (active.stream().anyMatch(replica -> !replica.limit().isOpen())) {
      inFlight.forget();
    } else if (Double.isNaN(meanKnee(active)) && !active.isEmpty()) {
      int _ = inFlight.note((int) (meanInFlight / active.size()), nowNanos);
    }
  }

  /// The slots of a replica, >= 1. Without a replica, what was known last.
  ///
  /// @param limit what the settings say of it
  int slots(LimitSpec limit, List<Replica> active, long nowNanos) {
    if (limit instanceof LimitSpec.Fixed(int slots)) {
      last = slots;
    } else if (!active.isEmpty()) {
      double knee = meanKnee(active);
      int slots = Double.isNaN(knee) ? unlimited(active, nowNanos) : (int) knee;
      last = Math.max(1, slots);
    }
    return last;
  }

  private int unlimited(List<Replica> active, long nowNanos) {
    double cores =
        active.stream().mapToDouble(replica -> replica.spec().cores()).average().orElse(1);
    return Math.max((int) Math.ceil(cores), inFlight.largest(nowNanos));
  }

  /// The mean of the knees that are known; NaN if none is.
  private static double meanKnee(List<Replica> active) {
    return active.stream()
        .mapToInt(replica -> replica.limit().knee())
        .filter(knee -> knee < LimitSpec.Fixed.MAX)
        .average()
        .orElse(Double.NaN);
  }
}
