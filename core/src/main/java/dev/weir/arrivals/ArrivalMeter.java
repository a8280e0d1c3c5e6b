package dev.weir.arrivals;

import dev.weir.base.Checks;

/// Measures a stream of arrivals as it passes: its rate, how variable its gaps are, and whether its
/// bursts hang together.
///
/// Not thread-safe; its owner's lock guards it.
public final class ArrivalMeter {
  /*
   * Gaps alone do not see correlation: the gaps of a slowly switching MMPP have an scv of 1 to 2
   * while its counts scatter ten times as much as Poisson's. Hence the index of dispersion for
   * counts (IDC), variance over mean of the counts in bins of tau, beside it. Both are 1 for
   * Poisson, and for independent gaps the IDC tends to the scv.
   */
  private static final long SECOND = 1_000_000_000;
  private static final long TAU_NANOS_MIN = 1_000_000;
  private static final long TAU_NANOS_MAX = 60 * SECOND;
  private static final int GAPS_MIN = 20;
  private static final int BINS_MIN = 20;

  /// How far back a figure looks.
  public enum Window {
    /// 10 seconds: follows a change quickly.
    SHORT,
    /// 60 seconds: steadier.
    LONG
  }

  private final SlidingMoments shortGaps = new SlidingMoments(10 * SECOND);
  private final SlidingMoments longGaps = new SlidingMoments(60 * SECOND);
  private SlidingMoments bins = new SlidingMoments(60 * SECOND);
  private long tauNanos;
  private boolean started;
  private long firstNanos;
  private long lastNanos;
  private long bin;
  private long binCount;

  /// Counts in bins of one second at first.
  public ArrivalMeter() {
    this(SECOND);
  }

  /// @param tauNanos length of the bins of the index of dispersion; about ten service times
  public ArrivalMeter(long tauNanos) {
    Checks.atLeast(1, tauNanos, "tauNanos");
    restartBins(tauNanos);
  }

  /// Notes an arrival. A moment before the last one counts as that one.
  public void note(long nowNanos) {
    if (started) {
      long now = Math.max(nowNanos, lastNanos);
      double gapSeconds = (now - lastNanos) / 1e9;
      shortGaps.note(gapSeconds, now);
      longGaps.note(gapSeconds, now);
      closeBins(now);
      binCount += now >= bin * tauNanos ? 1 : 0;
      lastNanos = now;
    } else {
      started = true;
      firstNanos = nowNanos;
      lastNanos = nowNanos;
      bin = Math.floorDiv(nowNanos, tauNanos) + 1; // what is left of this bin is not a whole one
    }
  }

  /// Arrivals per second over the short window, or over the long one if the short one has seen too
  /// few; NaN until ten arrivals or one second.
  public double ratePerSecond(long nowNanos) {
    boolean enough = shortGaps.count(nowNanos) >= GAPS_MIN;
    return ratePerSecond(nowNanos, enough ? Window.SHORT : Window.LONG);
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

  /// Squared coefficient of variation of the gaps (ca²) over the short window, or over the long one
  /// if the short one has seen too few; NaN until then.
  public double scv(long nowNanos) {
    double recent = scv(nowNanos, Window.SHORT);
    return Double.isNaN(recent) ? scv(nowNanos, Window.LONG) : recent;
  }

  /// Squared coefficient of variation of one window's gaps; NaN while it holds fewer than twenty.
  public double scv(long nowNanos, Window window) {
    SlidingMoments gaps = gaps(window);
    return gaps.count(nowNanos) < GAPS_MIN ? Double.NaN : gaps.scv(nowNanos);
  }

  /// Index of dispersion for counts in bins of [#tauNanos] over the last minute or thirty bins,
  /// whichever is longer; NaN until twenty bins are full.
  public double idc(long nowNanos) {
    if (started) {
      closeBins(nowNanos);
    }
    return bins.count(nowNanos) < BINS_MIN ? Double.NaN : bins.scv(nowNanos) * bins.mean(nowNanos);
  }

  /// The larger of ca² over the long window and the index of dispersion, which is what a queue
  /// feels; NaN while neither is known.
  public double burstiness(long nowNanos) {
    double scv = scv(nowNanos, Window.LONG);
    double idc = idc(nowNanos);
    if (Double.isNaN(scv) || Double.isNaN(idc)) {
      return Double.isNaN(scv) ? idc : scv;
    }
    return Math.max(scv, idc);
  }

  /// Length of the bins in which arrivals are counted.
  public long tauNanos() {
    return tauNanos;
  }

  /// Asks for bins of about `wantedNanos`. A measured service time always varies, so counting
  /// restarts only if that is less than half or more than twice the present length.
  public void tau(long wantedNanos) {
    long wanted = Math.clamp(wantedNanos, TAU_NANOS_MIN, TAU_NANOS_MAX);
    if (wanted < tauNanos / 2 || wanted > tauNanos * 2) {
      restartBins(wanted);
    }
  }

  private void restartBins(long wantedNanos) {
    tauNanos = Math.clamp(wantedNanos, TAU_NANOS_MIN, TAU_NANOS_MAX);
    bins = new SlidingMoments(Math.max(60 * SECOND, 30 * tauNanos));
    bin = Math.floorDiv(lastNanos, tauNanos) + 1;
    binCount = 0;
  }

  private SlidingMoments gaps(Window window) {
    return switch (window) {
      case SHORT -> shortGaps;
      case LONG -> longGaps;
    };
  }

  /// Adds every bin that ended before `nowNanos` to the moments. Empty bins are added in one step,
  /// so a long silence costs no more than the length of the ring.
  private void closeBins(long nowNanos) {
    long current = Math.floorDiv(nowNanos, tauNanos);
    if (current <= bin) {
      return;
    }
    bins.note((double) binCount, bin * tauNanos);
    long stretch = Math.max(1, bins.partNanos() / tauNanos);
    long oldest = Math.floorDiv(bins.startNanos(nowNanos), tauNanos);
    for (long at = Math.max(bin + 1, oldest); at < current; at += stretch) {
      bins.note(0, Math.min(stretch, current - at), at * tauNanos);
    }
    bin = current;
    binCount = 0;
  }
}
