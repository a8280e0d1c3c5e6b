package dev.weir.balance;

/// One experiment on a replica: does it answer more requests per second with `high` in flight than
/// with `low`?
final class LimitProbe {
  /*
   * The two limits take turns (low, high, low, ...), so that a drift of the replica's speed meets
   * both alike. Completions are counted only while the replica is really that full. After each
   * switch, as many completions as there are slots go uncounted: the requests that were added must
   * have had the time to finish (with constant service times none of them does before). Variable work needs
   * longer: fresh slots first see the short requests, which pass for a higher rate, and slots taken
   * away leave the long ones behind. Turns and pauses are therefore cs² times as long.
   *
   * With counts and exposures of both turns, the number of completions in the high ones is binomial;
   * the log-likelihood ratio of "the rate grows by GAIN of what proportion says" against "it is the
   * same" is added up until it is clear (Wald's sequential test), so an obvious answer takes few
   * requests. Counts of variable work scatter more than Poisson's, by cs² in long turns: the
   * evidence is divided by that. A probe downwards takes capacity away while requests wait, so less evidence
   * will do to end it and stay.
   */
  private static final double GAIN = 0.5;
  private static final double CLEAR = 3.5;
  private static final double CLEAR_TO_STAY = 1;
  private static final int TURN_MIN = 16;
  private static final double TURN_FACTOR_MAX = 10;
  private static final int COUNT_MAX = 5_000;

  /// What the experiment says so far.
  enum Verdict {
    UNDECIDED,
    HIGH_IS_FASTER,
    SAME,
    GIVEN_UP
  }

  private final int low;
  private final int high;
  private final long beganNanos;
  private final long patienceNanos;
  private final Turns lowTurns = new Turns();
  private final Turns highTurns = new Turns();
  private final boolean downwards;
  private boolean highNow;
  private int uncounted;
  private int turnLeft;

  LimitProbe(
      int low, int high, boolean downwards, double workScv, long nowNanos, long patienceNanos) {
    this.low = low;
    this.high = high;
    this.downwards = downwards;
    this.highNow = downwards;
    this.beganNanos = nowNanos;
    this.patienceNanos = patienceNanos;
    this.turnLeft = scaled(Math.max(TURN_MIN, high), workScv);
  }

  /// Whether it began at the high limit.
  boolean isDownwards() {
    return downwards;
  }

  int low() {
    return low;
  }

  int high() {
    return high;
  }

  /// What the replica may have in flight at this moment of the experiment.
  int limit() {
    return highNow ? high : low;
  }

  long tookNanos(long nowNanos) {
    return nowNanos - beganNanos;
  }

  /// The replica had `inFlight` for a while.
  void spent(int inFlight, long elapsedNanos) {
    if (uncounted == 0 && isFull(inFlight)) {
      Turns turns = highNow ? highTurns : lowTurns;
      turns.nanos += elapsedNanos;
      turns.levelNanos += (double) inFlight * elapsedNanos;
    }
  }

  /// The replica answered one of `inFlight`.
  Verdict answered(int inFlight, double workScv, long nowNanos) {
    if (uncounted > 0) {
      uncounted--;
    } else if (isFull(inFlight)) {
      (highNow ? highTurns : lowTurns).count++;
      if (--turnLeft == 0) {
        highNow = !highNow;
        uncounted = scaled(high, workScv);
        turnLeft = scaled(Math.max(TURN_MIN, high), workScv);
        return verdict(workScv);
      }
    }
    return tookNanos(nowNanos) > patienceNanos ? Verdict.GIVEN_UP : Verdict.UNDECIDED;
  }

  private Verdict verdict(double workScv) {
    double evidence = evidence(workScv);
    if (evidence > (downwards ? CLEAR_TO_STAY : CLEAR)) {
      return Verdict.HIGH_IS_FASTER;
    }
    if (evidence < -CLEAR) {
      return Verdict.SAME;
    }
    boolean tooLong = lowTurns.count + highTurns.count > Math.max(COUNT_MAX, 50 * high);
    return tooLong ? Verdict.GIVEN_UP : Verdict.UNDECIDED;
  }

  private double evidence(double workScv) {
    if (lowTurns.nanos == 0 || highTurns.nanos == 0) {
      return 0;
    }
    double ratio = 1 + GAIN * (highTurns.level() / lowTurns.level() - 1);
    double exposure = lowTurns.nanos + highTurns.nanos;
    double weighted = lowTurns.nanos + ratio * highTurns.nanos;
    double sum =
        highTurns.count * Math.log(ratio * exposure / weighted)
            + lowTurns.count * Math.log(exposure / weighted);
    return sum / Math.max(1, workScv);
  }

  private boolean isFull(int inFlight) {
    return highNow
        ? 2 * inFlight > low + high && inFlight <= high
        : 5 * inFlight >= 4 * low && inFlight <= low;
  }

  private static int scaled(int count, double workScv) {
    return (int) Math.ceil(count * Math.clamp(workScv, 1, TURN_FACTOR_MAX));
  }

  /// What was seen at one of the two limits.
  private static final class Turns {
    long count;
    double nanos;
    double levelNanos;

    /// Mean number in flight.
    double level() {
      return levelNanos / nanos;
    }
  }
}
