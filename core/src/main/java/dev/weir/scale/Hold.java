package dev.weir.scale;

/// The base that counts for going down: the largest of a while, and of a longer while where bursts
/// come back.
final class Hold {
  /*
   * Bursts have come back if the base asks for many more replicas than there are, and as many were
   * there within the last ten minutes: then they were taken away too early. From then on falls are
   * held for long, until half an hour passes without another such mistake. Of the traces in
   * docs/autoscaling.md, the one with bursts that return is late 2.7 times less often for 5 % more
   * cost; a long hold for all of them costs a tenth.
   */
  private static final double LONG_SECONDS = 300;
  private static final double MISSED_WITHIN_SECONDS = 600;
  private static final double REMEMBERED_SECONDS = 1800;
  private static final double RISE = 1.25;
  private static final int RISE_MIN = 2;
  private static final double LIKENESS = 0.9;

  private final HeldMaximum brief;
  private final HeldMaximum lasting;
  private final HeldMaximum desired;
  private boolean isMissed;
  private long missedNanos;

  Hold(double seconds) {
    this(
        new HeldMaximum(seconds),
        new HeldMaximum(Math.max(seconds, LONG_SECONDS)),
        new HeldMaximum(MISSED_WITHIN_SECONDS));
  }

  private Hold(HeldMaximum brief, HeldMaximum lasting, HeldMaximum desired) {
    this.brief = brief;
    this.lasting = lasting;
    this.desired = desired;
  }

  /// The same memory with a hold of so many seconds. Of what the shorter hold has forgotten, the
  /// longer one knows nothing.
  Hold lasting(double seconds) {
    var next =
        new Hold(brief.lasting(seconds), lasting.lasting(Math.max(seconds, LONG_SECONDS)), desired);
    next.isMissed = isMissed;
    next.missedNanos = missedNanos;
    return next;
  }

  /// Notes the base of now and returns the held one.
  int note(int base, int desiredNow, long nowNanos) {
    int before = desired.note(desiredNow, nowNanos);
    boolean isRise = base >= RISE * desiredNow && base >= desiredNow + RISE_MIN;
    if (isRise && before >= LIKENESS * base) {
      isMissed = true;
      missedNanos = nowNanos;
    } else if (nowNanos - missedNanos > REMEMBERED_SECONDS * 1e9) {
      isMissed = false;
    }
    int briefly = brief.note(base, nowNanos);
    int lastingly = lasting.note(base, nowNanos);
    return isMissed ? lastingly : briefly;
  }

  void forget() {
    brief.forget();
    lasting.forget();
    desired.forget();
  }
}
