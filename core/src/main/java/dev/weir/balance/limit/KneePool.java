package dev.weir.balance.limit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What replicas of a kind show together about their knee: the number of requests above which more
/// only wait inside a replica.
final class KneePool {
  /*
   * Counts are taken in windows, and within a window each replica is compared with itself only: a
   * likelihood in which its rate has been put at its best. So neither replicas of different speed
   * nor work that takes longer today than yesterday pass for a bend of the rate. A window may move
   * the evidence by WINDOW_STRONGEST only: if work becomes longer in the midst of one, levels rise
   * while completions stay, which looks like a bend and must not close a limit by itself.
   *
   * Windows are cs² times as long for variable work: while a long request is there, levels are high
   * and completions few, and only many of them together show the rate.
   *
   * A limit that was closed is watched: if full replicas complete clearly less than they did, the
   * limit was wrong, or the service has changed. It opens, all evidence is dropped, and the next
   * closing waits twice as long as the last. An open limit is what least-requests does; one that is
   * too low is an outage.
   */
  private static final double STRONGEST = 12;
  private static final double WINDOW_STRONGEST = 3;

  /// Less than it takes to close a limit.
  private static final double PRIOR_STRONGEST = 4;

  /// The weight of a few dozen completions.
  private static final double DECLARED_NATS = 1;

  private static final double VARIABILITY_MAX = 16;
  private static final int COMPLETIONS_MIN = 32;
  private static final int COMPLETIONS_PER_REPLICA = 16;
  private static final double RESPONSE_TIMES_MIN = 20;
  private static final long AGE_ENOUGH_NANOS = 4_000_000_000L;
  private static final long AGE_MAX_NANOS = 60_000_000_000L;
  private static final long HOLD_NANOS = 5_000_000_000L;
  private static final int DOUBLINGS_MAX = 7;

  private final List<LimitLearner> members = new ArrayList<>();
  private final KneeEvidence evidence = new KneeEvidence(STRONGEST);
  private final ThroughputCheck check = new ThroughputCheck();
  private final double[] sums = new double[Levels.COUNT];
  private final double[] scratch = new double[Levels.COUNT];
  private double variability = 1;
  private double evidenceCompletions;
  private long windowSinceNanos;
  private double completions;
  private double requestNanos;
  private long openedNanos;
  private long heldUntilNanos;
  private int reopenings;
  private int closedCount;

  /// Starts with a prior, which is too weak to close a limit by itself.
  ///
  /// @param cores the declared cores of a member; 1 if none are declared
  /// @param known what another balancer knew
  KneePool(double cores, List<Double> known, long nowNanos) {
    evidence.recall(known, PRIOR_STRONGEST);
    if (cores > 1 && known.isEmpty()) {
      evidence.lean((int) Math.ceil(cores), DECLARED_NATS);
    }
    windowSinceNanos = nowNanos;
    openedNanos = nowNanos;
    heldUntilNanos = nowNanos;
  }

  void join(LimitLearner member) {
    members.add(member);
  }

  void leave(LimitLearner member) {
    members.remove(member);
  }

  /// A member's limit closed or opened.
  void closed(boolean now) {
    closedCount += now ? 1 : -1;
  }

  int closedCount() {
    return closedCount;
  }

  KneeEvidence evidence() {
    return evidence;
  }

  /// How many completions the evidence rests on.
  double evidenceCompletions() {
    return evidenceCompletions;
  }

  /// How much more counts scatter than Poisson's: cs² of the work, from 1 to 16.
  double variability() {
    return variability;
  }

  void variability(double workScv) {
    variability = Double.isNaN(workScv) ? 1 : Math.clamp(workScv, 1, VARIABILITY_MAX);
  }

  /// Whether limits must stay open, because the last closed one cost throughput.
  boolean isHeld(long nowNanos) {
    return heldForNanos(nowNanos) > 0;
  }

  long heldForNanos(long nowNanos) {
    return heldUntilNanos - nowNanos;
  }

  /// The mean rate of full members per nanosecond; NaN if none was full yet.
  double fullRate() {
    double sum = 0;
    int count = 0;
    for (LimitLearner member : members) {
      double rate = member.fullRate();
      if (!Double.isNaN(rate)) {
        sum += rate;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /// A member had `inFlight` requests for a while.
  void spent(int inFlight, long elapsedNanos) {
    requestNanos += (double) inFlight * elapsedNanos;
  }

  /// A full member should have completed this many requests.
  void expected(double requests) {
    check.expected(requests);
  }

  /// A request ended at a full member, successfully or not, which freed a slot. A failing member
  /// needs no open limit.
  void endedFull() {
    check.completed();
  }

  /// A member completed one.
  void completed() {
    completions++;
  }

  /// Whether the window has enough completions.
  boolean isWindowOver(long nowNanos) {
    long ageNanos = nowNanos - windowSinceNanos;
    if (ageNanos > AGE_MAX_NANOS) {
      return completions >= COMPLETIONS_PER_REPLICA;
    }
    double enough = Math.max(COMPLETIONS_MIN, COMPLETIONS_PER_REPLICA * (double) members.size());
    return completions >= variability * enough
        && ageNanos >= Math.min(AGE_ENOUGH_NANOS, RESPONSE_TIMES_MIN * requestNanos / completions);
  }

  /// Opens limits that cost throughput, and evaluates the window if it is over. Account for all
  /// members' time first.
  ///
  /// @return whether any limit may have changed
  boolean review(long nowNanos) {
    if (check.isAlarmed(variability)) {
      reopen(nowNanos);
      return true;
    }
    if (!isWindowOver(nowNanos)) {
      return false;
    }
    Arrays.fill(sums, 0);
    for (LimitLearner member : members) {
      member.addWindow(sums, scratch, variability, WINDOW_STRONGEST);
    }
    evidence.add(sums, variability, WINDOW_STRONGEST);
    evidenceCompletions += completions;
    beginWindow(nowNanos);
    forgive(nowNanos);
    members.forEach(member -> member.decide(nowNanos));
    return true;
  }

  private void beginWindow(long nowNanos) {
    windowSinceNanos = nowNanos;
    completions = 0;
    requestNanos = 0;
  }

  private void reopen(long nowNanos) {
    heldUntilNanos = nowNanos + (HOLD_NANOS << Math.min(DOUBLINGS_MAX, reopenings));
    openedNanos = nowNanos;
    reopenings++;
    restart(nowNanos);
  }

  /// Forgets all; limits are open.
  void restart(long nowNanos) {
    check.clear();
    evidence.clear();
    evidenceCompletions = 0;
    members.forEach(member -> member.reopen(nowNanos));
    beginWindow(nowNanos);
  }

  /// Forgets a reopening after eight times as long as it kept limits open.
  private void forgive(long nowNanos) {
    if (reopenings > 0 && nowNanos - heldUntilNanos > 8 * (heldUntilNanos - openedNanos)) {
      reopenings--;
      heldUntilNanos = nowNanos;
      openedNanos = nowNanos - (HOLD_NANOS << Math.min(DOUBLINGS_MAX, reopenings));
    }
  }
}
