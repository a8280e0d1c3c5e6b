package dev.weir.balance;

import org.jspecify.annotations.Nullable;

/// Finds out how many requests a replica can work on before more of them only wait inside it: its
/// knee.
///
/// The algorithm alone: it says the limit and is told what happened; the [Balancer] enforces.
final class LimitLearner {
  /*
   * A replica is a server whose rate depends on how many are in flight. Below the knee one more
   * request adds throughput (it uses a core, or sleeps on its own); above it only latency grows.
   * Gradients of latency (TCP Vegas, concurrency-limits' Gradient2) cannot tell the two apart when
   * the work itself varies, so throughput at two limits is compared directly, see LimitProbe.
   *
   * Probes start only while the limit binds (requests wait and the replica is full): a limit that
   * the traffic does not use would otherwise grow without bound. The first tries are twice and
   * half the limit, until they no longer move it; then a quarter more and a fifth less, less often
   * the longer nothing changes, and downwards seldom, as half of such a probe takes capacity away just when requests wait. When
   * the replica's pace changes (a noisy neighbour), it starts over.
   *
   * `spread` lets in more than the knee when work is very variable: short requests then overtake
   * long ones inside the replica, see docs/decisions/011-limits.md.
   */
  private static final long PATIENCE_MIN_NANOS = 10_000_000_000L;
  private static final int PATIENCE_ANSWERS = 500;
  private static final double PACE_CHANGED = 1.5;
  private static final double PACE_NOISE = 4;
  private static final double PACE_WEIGHT_MIN = 30;

  private final int limitMax;
  private int knee;
  private int spread = 1;
  private final Rest up;
  private final Rest down;
  private double decidedAtPaceNanos = Double.NaN;
  private @Nullable LimitProbe probe;

  LimitLearner(double cores, int limitMax, long nowNanos) {
    this.limitMax = limitMax;
    this.knee = (int) Math.clamp(Math.ceil(cores), 1, limitMax);
    this.up = new Rest(1_000_000_000L, 8, nowNanos);
    this.down = new Rest(5_000_000_000L, 20, nowNanos);
  }

  /// What the replica may have in flight now.
  int limit() {
    return probe == null ? Math.min(limitMax, knee * spread) : probe.limit();
  }

  /// How many it can work on at full speed, as far as known.
  int knee() {
    return knee;
  }

  /// How many times the knee to let in.
  void spread(int factor) {
    spread = factor;
  }

  /// The replica had `inFlight` for a while.
  void spent(int inFlight, long elapsedNanos) {
    if (probe != null) {
      probe.spent(inFlight, elapsedNanos);
    }
  }

  /// The replica answered one of `inFlight`.
  void answered(int inFlight, double workScv, double paceNanos, long nowNanos) {
    if (probe == null) {
      return;
    }
    switch (probe.answered(inFlight, Double.isNaN(workScv) ? 1 : workScv, nowNanos)) {
      case UNDECIDED -> {}
      case HIGH_IS_FASTER -> settle(probe, probe.high(), paceNanos, nowNanos);
      case SAME -> settle(probe, probe.low(), paceNanos, nowNanos);
      case GIVEN_UP -> giveUp(probe, nowNanos);
    }
  }

  /// Requests wait although this replica is full: the time to try another limit.
  void binding(double workScv, double paceNanos, double paceWeight, long nowNanos) {
    if (probe != null) {
      return;
    }
    if (hasChanged(paceNanos, paceWeight, workScv)) {
      decidedAtPaceNanos = paceNanos;
      up.restart(nowNanos);
      down.restart(nowNanos);
    }
    if (knee < limitMax && up.isOver(nowNanos)) {
      int more = up.isCoarse() ? knee : Math.max(1, knee / 4);
      begin(Math.min(limitMax, knee + more), workScv, paceNanos, nowNanos);
    } else if (knee > 1 && down.isOver(nowNanos)) {
      int less = Math.max(1, down.isCoarse() ? knee / 2 : knee / 5);
      begin(knee - less, workScv, paceNanos, nowNanos);
    }
  }

  /// Whether the replica works at another speed than at the last decision, which may have moved its
  /// knee. A pace is a mean of a hundred or fewer, so it wavers by chance.
  private boolean hasChanged(double paceNanos, double paceWeight, double workScv) {
    if (paceWeight < PACE_WEIGHT_MIN) {
      return false;
    }
    double scv = Double.isNaN(workScv) ? 1 : workScv;
    double threshold = PACE_CHANGED + PACE_NOISE * Math.sqrt(scv / paceWeight);
    double change = paceNanos / decidedAtPaceNanos;
    return change > threshold || change < 1 / threshold;
  }

  private void begin(int other, double workScv, double paceNanos, long nowNanos) {
    double variability = workScv > 1 ? workScv : 1;
    double answersNanos = PATIENCE_ANSWERS * variability * Math.max(0, paceNanos);
    long patienceNanos = Math.max(PATIENCE_MIN_NANOS, (long) answersNanos);
    probe =
        new LimitProbe(
            Math.min(knee, other),
            Math.max(knee, other),
            other < knee,
            variability,
            nowNanos,
            patienceNanos);
  }

  private void settle(LimitProbe done, int found, double paceNanos, long nowNanos) {
    probe = null;
    decidedAtPaceNanos = paceNanos;
    long tookNanos = done.tookNanos(nowNanos);
    Rest same = done.isDownwards() ? down : up;
    Rest opposite = done.isDownwards() ? up : down;
    if (found == knee) {
      same.refine();
      same.lengthen(tookNanos, nowNanos);
    } else {
      knee = found;
      same.reset(nowNanos);
      opposite.reset(nowNanos);
      opposite.lengthen(tookNanos, nowNanos);
    }
  }

  private void giveUp(LimitProbe done, long nowNanos) {
    probe = null;
    (done.isDownwards() ? down : up).lengthen(done.tookNanos(nowNanos), nowNanos);
  }

  /// How long to leave it between probes in one direction: in proportion to what they cost, and
  /// twice as long each time they find nothing.
  private static final class Rest {
    private static final long LONGEST_NANOS = 600_000_000_000L;
    private static final int DOUBLINGS_MAX = 8;

    private final long shortestNanos;
    private final int perProbe;
    private boolean coarse = true;
    private int fruitless;
    private long untilNanos;

    Rest(long shortestNanos, int perProbe, long nowNanos) {
      this.shortestNanos = shortestNanos;
      this.perProbe = perProbe;
      this.untilNanos = nowNanos;
    }

    boolean isOver(long nowNanos) {
      return nowNanos - untilNanos >= 0;
    }

    /// Whether to try great steps still.
    boolean isCoarse() {
      return coarse;
    }

    void refine() {
      coarse = false;
    }

    void restart(long nowNanos) {
      coarse = true;
      reset(nowNanos);
    }

    void reset(long nowNanos) {
      fruitless = 0;
      untilNanos = nowNanos;
    }

    void lengthen(long tookNanos, long nowNanos) {
      long restNanos = Math.max(shortestNanos, perProbe * tookNanos);
      long longestNanos = Math.max(LONGEST_NANOS, restNanos);
      untilNanos = nowNanos + Math.min(longestNanos, restNanos << fruitless);
      fruitless = Math.min(DOUBLINGS_MAX, fruitless + 1);
    }
  }
}
