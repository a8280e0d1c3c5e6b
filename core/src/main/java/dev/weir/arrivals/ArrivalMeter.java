package dev.weir.arrivals;

/// Measures a stream of arrivals as it passes: its rate, and how variable its gaps are.
///
/// Not safe for use by several threads at once: its owner's lock guards it.
public final class ArrivalMeter {
  private static final long SECOND = 1_000_000_000;
  private static final int GAPS_MIN = 20;

  /// How far back a figure looks.
  public enum Window {
    /// 10 seconds: follows a change quickly.
    SHORT,
    /// 60 seconds: steadier.
    LONG
  }

  private final SlidingMoments shortGaps = new SlidingMoments(10 * SECOND);
  private final SlidingMoments longGaps = new SlidingMoments(60 * SECOND);
  private boolean started;
  private long firstNanos;
  private long lastNanos;

  /// Notes an arrival. A moment before the last one counts as that one.
  public void note(long nowNanos) {
    if (started) {
      long now = Math.max(nowNanos, lastNanos);
      double gapSeconds = (now - lastNanos) / 1e9;
      shortGaps.note(gapSeconds, now);
      longGaps.note(gapSeconds, now);
      lastNanos = now;
    } else {
      started = true;
      firstNanos = nowNanos;
      lastNanos = nowNanos;
    }
  }

  /// Arrivals per second over one window; NaN until ten arrivals or one second, 0 after a silence.
  public double ratePerSecond(long nowNanos, Window window) {
    SlidingMoments gaps = gaps(window);
    long now = Math.max(nowNanos, lastNanos);
    boolean known = now - firstNanos >= SECOND || (longGaps.count(now) >= 9 && now > firstNanos);
    if (!started || !known) {
      return Double.NaN;
    }
    long sinceNanos = Math.max(firstNanos, gaps.startNanos(now));
    return gaps.count(now) * 1e9 / (now - sinceNanos);
  }

  /// Squared coefficient of variation (ca²) of one window's gaps; NaN while it holds fewer than
  /// twenty.
  public double scv(long nowNanos, Window window) {
    SlidingMoments gaps = gaps(window);
    return gaps.count(nowNanos) < GAPS_MIN ? Double.NaN : gaps.scv(nowNanos);
  }

  private SlidingMoments gaps(Window window) {
    return switch (window) {
      case SHORT -> shortGaps;
      case LONG -> longGaps;
    };
  }
}
