package dev.weir.balance.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The learned limits of one service's replicas, and what the replicas show together.
public final class Limits {
  /// Replicas with different declared cores learn apart, in at most this many groups.
  private static final int POOLS_MAX = 8;

  /// Below this much work in flight a replica waits for the network rather than for its cores.
  private static final double LEAST_NANOS = 1_000_000;

  /// The largest knee at which overtaking is watched: each look takes that many steps.
  private static final int KNEE_WATCHED = 32;

  private static final double BORDER = 2.8;
  private static final double BORDER_POWER = 0.42;
  private static final double HYSTERESIS = 0.1;

  private final int limitMax;
  private final Map<Double, KneePool> poolByCores = new HashMap<>();
  private final List<KneePool> pools = new ArrayList<>();
  private @Nullable ServiceLimit whole;
  private final Overtaking overtaking = new Overtaking();
  private LearnedPrior earlier = LearnedPrior.NONE;
  private boolean waived;
  private int least = 1;

  /// @param limitMax the highest limit that may be learned: >= 1
  public Limits(int limitMax) {
    this.limitMax = limitMax;
  }

  /// The limit of a new replica: open, or closed if replicas like it have shown their knee.
  ///
  /// @param cores how many cores the replica is declared to have; replicas of as many learn
  ///   together: > 0
  public Limit learned(double cores, long nowNanos) {
    if (whole == null) {
      whole = new ServiceLimit(nowNanos);
    }
    var limit = new LimitLearner(pool(cores, nowNanos), limitMax, nowNanos);
    apply(limit, nowNanos);
    return limit;
  }

  private KneePool pool(double cores, long nowNanos) {
    KneePool known = poolByCores.get(cores);
    if (known != null || pools.size() == POOLS_MAX) {
      return known != null ? known : pools.getLast();
    }
    var pool = new KneePool(cores, earlier.of(cores), nowNanos);
    pools.add(pool);
    poolByCores.put(cores, pool);
    return pool;
  }

  /// Starts with what another balancer knew.
  public void recall(LearnedPrior prior) {
    earlier = prior;
  }

  public LearnedPrior prior() {
    Map<Double, List<Double>> all = earlier.all();
    poolByCores.forEach((cores, pool) -> all.put(cores, pool.evidence().prior()));
    return new LearnedPrior(all);
  }

  /// Whether any limit may change now: then account for all replicas' time and call [#review].
  public boolean isDue(long nowNanos) {
    for (int i = 0; i < pools.size(); i++) {
      if (pools.get(i).isWindowOver(nowNanos)) {
        return true;
      }
    }
    return whole != null && whole.isDue(nowNanos);
  }

  /// Whether requests should wait although replicas have free slots, because the replicas share a
  /// bottleneck.
  public boolean isServiceFull() {
    return whole != null && whole.isFull() && !isAnyClosed();
  }

  /// A lease begins.
  public void begins(long nowNanos) {
    if (whole != null) {
      whole.begins(nowNanos);
    }
  }

  /// The set of replicas changed.
  public void membersChanged(long nowNanos) {
    if (whole != null) {
      whole.restart(nowNanos);
    }
  }

  /// Why the service as a whole has a limit, for the replicas' reasons.
  public String why(long nowNanos) {
    return whole != null && !isAnyClosed() ? whole.why(nowNanos) : "";
  }

  /// Whether any replica's limit is closed.
  public boolean isAnyClosed() {
    for (int i = 0; i < pools.size(); i++) {
      if (pools.get(i).closedCount() > 0) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether any limit may have changed.
  public boolean review(long nowNanos) {
    boolean changed = false;
    for (KneePool pool : pools) {
      changed |= pool.review(nowNanos);
    }
    if (whole != null) {
      whole.review(nowNanos);
    }
    return changed;
  }

  /// Sets how variable the work is, and so how much evidence is needed.
  public void variability(double workScv) {
    pools.forEach(pool -> pool.variability(workScv));
    if (whole != null) {
      whole.variability(workScv);
    }
  }

  /// A lease ends; `completed` if the replica did its work.
  public void ends(boolean completed, long nowNanos) {
    if (whole != null) {
      whole.ends(completed, nowNanos);
    }
  }

  /// How many of a replica's oldest requests to search for one that it completes, to see whether
  /// requests overtake; 0 if this completion shows nothing about it.
  ///
  /// @param inFlight how many the replica had, with the completed one
  public int oldestWatched(Limit limit, int inFlight) {
    int knee = limit.knee();
    return knee <= KNEE_WATCHED && inFlight > knee + knee / 4 ? knee + knee / 4 : 0;
  }

  /// A watched request was completed; `overtook` if it was not among the oldest.
  public void watched(boolean overtook) {
    overtaking.note(overtook);
  }

  /// Decides again whether variable work keeps limits open, and how many requests to let in at
  /// least. Returns whether that changed.
  ///
  /// @param workNanos the mean work of a request; NaN until known
  /// @param workScv the work's squared coefficient of variation; NaN until known
  /// @param knees how many requests all replicas can work on
  public boolean shape(double workNanos, double workScv, double knees, long nowNanos) {
    boolean nextWaived = !overtaking.isInOrder() && isTooVariable(workScv, knees);
    int nextLeast = workNanos > 0 ? (int) Math.ceil(Math.min(1_000, LEAST_NANOS / workNanos)) : 1;
    boolean changed = nextWaived != waived || nextLeast != least;
    waived = nextWaived;
    if (whole != null) {
      whole.shape(waived, nowNanos);
    }
    least = nextLeast;
    return changed;
  }

  /*
   * With one slot per core a few long requests can hold all of them while short ones wait; sharing
   * lets these past. The more cores a service has, the less likely long requests hold all. Where one
   * queue has the better p99 was simulated for 1 to 16 replicas, cs² from 1 to 16 and loads of 50 to
   * 95 % (docs/decisions/011-limits.md): below about 2.8 x cores^.42.
   */
  private boolean isTooVariable(double workScv, double knees) {
    double border = BORDER * Math.pow(Math.max(1, knees), BORDER_POWER);
    return workScv > border * (waived ? 1 - HYSTERESIS : 1 + HYSTERESIS);
  }

  /// Applies these decisions to a replica's limit.
  public void apply(Limit limit, long nowNanos) {
    limit.shape(waived, least, nowNanos);
  }
}
