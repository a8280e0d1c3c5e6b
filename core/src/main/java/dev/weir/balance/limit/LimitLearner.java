package dev.weir.balance.limit;

import java.util.Arrays;

/// Finds the limit of one replica: open until it shows that more requests only wait inside it.
///
/// This is the algorithm only: it computes the limit from what happened; the balancer enforces it.
final class LimitLearner implements Limit {
  /*
   * A replica is a server of the rate r min(n, c) with n requests in flight; c is its knee. Below
   * it one more request adds throughput (it uses a core, or sleeps on its own), above it only
   * latency grows. Latency alone cannot separate the two when the work itself varies, so rates at
   * different levels are compared, see LevelCounts and KneePool.
   *
   * The pool's verdict holds, as it rests on the most requests, unless the replica's own evidence is
   * clearly against it. Of knees that are nearly as good as the best the largest is taken; when a
   * limit closes, more knees count as nearly as good. To close or lower a limit takes more evidence
   * than to open or raise it.
   */
  private static final double CLOSING = 6;
  private static final double CLOSING_DOUBT = 3;
  private static final double LOWERING = 5;
  private static final double RAISING = 1.5;
  private static final double DOUBT = 1;
  private static final double OWN_STRONGEST = 12;
  private static final double OWN_CLEAR = 8;
  private static final double NO_USE = 7;

  private final KneePool pool;
  private final int limitMax;
  private final LevelCounts window = new LevelCounts();
  private final LevelCounts past = new LevelCounts();
  private final KneeEvidence own = new KneeEvidence(OWN_STRONGEST);
  private final FullRate fullRate = new FullRate();
  private final Exploration exploration = new Exploration();
  private int knee;
  private int guess;
  private boolean waived;
  private int least = 1;
  private long sinceNanos;
  private double closedAfter;

  /// An open limit, or the limit that the pool has found.
  LimitLearner(KneePool pool, int limitMax, long nowNanos) {
    this.pool = pool;
    this.limitMax = limitMax;
    this.sinceNanos = nowNanos;
    pool.join(this);
    decide(nowNanos);
  }

  @Override
  public boolean isOpen() {
    return knee == 0 || waived;
  }

  @Override
  public int slots() {
    return isOpen() ? limitMax : Math.min(limitMax, settled() + exploration.extra(knee));
  }

  @Override
  public int settled() {
    return isOpen() ? limitMax : Math.min(limitMax, Math.max(least, knee));
  }

  /// The knee also counts while it is only a guess: it then sets no limit, but how work is
  /// measured.
  @Override
  public int knee() {
    return guess == 0 ? Integer.MAX_VALUE : guess;
  }

  @Override
  public String why(long nowNanos) {
    return LimitReason.of(knee, guess, waived, closedAfter, pool, nowNanos);
  }

  @Override
  public long sinceNanos() {
    return sinceNanos;
  }

  @Override
  public void shape(boolean nowWaived, int newLeast, long nowNanos) {
    boolean wasOpen = isOpen();
    waived = nowWaived;
    least = newLeast;
    noteOpen(wasOpen, nowNanos);
  }

  @Override
  public void close() {
    if (!isOpen()) {
      pool.closed(false);
    }
    pool.leave(this);
  }

  double fullRate() {
    return fullRate.perNano();
  }

  @Override
  public void spent(int inFlight, long elapsedNanos) {
    window.spent(inFlight, elapsedNanos);
    pool.spent(inFlight, elapsedNanos);
    if (isFull(inFlight) && !Double.isNaN(fullRate.perNano())) {
      pool.expected(fullRate.perNano() * elapsedNanos);
    }
  }

  @Override
  public void ended(int inFlight, boolean completed) {
    if (completed) {
      window.completed(inFlight);
      pool.completed();
    }
    if (isFull(inFlight)) {
      pool.endedFull();
      int above = Levels.stepOf(knee + Exploration.step(knee));
      exploration.ended(knee, pool.evidence().at(above) < -NO_USE);
    }
  }

  private boolean isFull(int inFlight) {
    return !isOpen() && inFlight >= knee;
  }

  /// The pool's window is over: adds this replica's evidence of it to `sums`.
  ///
  /// @param scratch room for a log-likelihood for each knee
  void addWindow(double[] sums, double[] scratch, double variability, double strongest) {
    if (window.completions() > 0 && window.isTimed()) {
      Arrays.fill(scratch, 0);
      window.addLogLikelihoods(scratch);
      for (int c = 0; c < Levels.COUNT; c++) {
        sums[c] += scratch[c];
      }
      own.add(scratch, variability, strongest);
    }
    if (knee > 0) {
      fullRate.follow(window, Levels.stepOf(knee));
    }
    past.fade(window);
    window.clear();
  }

  /// Looks at the evidence again.
  void decide(long nowNanos) {
    int found = verdict();
    guess = found > 0 ? found : leaning();
    if (found == knee || (knee == 0 && pool.isHeld(nowNanos))) {
      return;
    }
    if (knee == 0) {
      fullRate.close(past, Levels.stepOf(found), pool.fullRate());
      closedAfter = pool.evidenceCompletions();
    } else if (found > 0) {
      fullRate.move(knee, found);
    }
    exploration.restart();
    become(found, nowNanos);
  }

  /// Forgets all; the limit is open.
  void reopen(long nowNanos) {
    own.clear();
    window.clear();
    past.clear();
    fullRate.clear();
    guess = 0;
    become(0, nowNanos);
  }

  private void become(int newKnee, long nowNanos) {
    boolean wasOpen = isOpen();
    knee = newKnee;
    noteOpen(wasOpen, nowNanos);
    sinceNanos = nowNanos;
  }

  private void noteOpen(boolean wasOpen, long nowNanos) {
    if (isOpen() != wasOpen) {
      pool.closed(wasOpen);
      sinceNanos = nowNanos;
    }
  }

  /// The knee that the evidence clearly shows; 0 for an open limit.
  private int verdict() {
    int pooled = verdict(pool.evidence());
    int step = pooled == 0 ? Levels.COUNT - 1 : Levels.stepOf(pooled);
    return own.at(step) < -OWN_CLEAR ? verdict(own) : pooled;
  }

  private int verdict(KneeEvidence evidence) {
    double open = evidence.at(Levels.COUNT - 1);
    if (knee == 0) {
      return open > -CLOSING ? 0 : evidence.largest(CLOSING_DOUBT);
    }
    if (open > -DOUBT) {
      return 0;
    }
    int best = evidence.largest(DOUBT);
    double needed = best > knee ? RAISING : LOWERING;
    return evidence.at(Levels.stepOf(knee)) < -needed ? best : knee;
  }

  private int leaning() {
    return pool.evidence().at(Levels.COUNT - 1) < -DOUBT ? pool.evidence().largest(DOUBT) : 0;
  }
}
