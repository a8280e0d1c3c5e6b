package dev.weir.balance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The limits of one service's replicas: what kind they have, and what they learn together.
final class Limits {
  /// Replicas that were told different cores learn apart, but in no more groups than this.
  private static final int POOLS_MAX = 8;

  /// Below this much work in flight a replica waits for the network rather than for its cores.
  private static final double LEAST_NANOS = 1_000_000;

  /// The largest knee at which it is watched who overtakes whom, because that takes as many steps.
  private static final int KNEE_WATCHED = 32;

  private static final double BORDER = 2.8;
  private static final double BORDER_POWER = 0.42;
  private static final double HYSTERESIS = 0.1;

  private final BalancerSettings settings;
  private final Map<Double, KneePool> poolByCores = new HashMap<>();
  private final List<KneePool> pools = new ArrayList<>();
  private @Nullable ServiceLimit whole;
  private final Overtaking overtaking = new Overtaking();
  private LearnedPrior earlier = LearnedPrior.NONE;
  private boolean waived;
  private int least = 1;

  Limits(BalancerSettings settings) {
    this.settings = settings;
  }

  /// The limit of a new replica.
  Limit of(ReplicaSpec spec, long nowNanos) {
    if (!settings.policy().queues()) {
      return new Limit.None(nowNanos);
    }
    return switch (settings.limit()) {
      case LimitSpec.Off() -> new Limit.None(nowNanos);
      case LimitSpec.Fixed(int slots) -> new Limit.Fixed(slots, nowNanos);
      case LimitSpec.Auto() -> learned(spec, nowNanos);
    };
  }

  private Limit learned(ReplicaSpec spec, long nowNanos) {
    if (whole == null) {
      whole = new ServiceLimit(nowNanos);
    }
    var limit = new LimitLearner(pool(spec.cores(), nowNanos), settings.limitMax(), nowNanos);
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

  /// Begins with what another balancer knew.
  void recall(LearnedPrior prior) {
    earlier = prior;
  }

  LearnedPrior prior() {
    Map<Double, List<Double>> all = earlier.all();
    poolByCores.forEach((cores, pool) -> all.put(cores, pool.evidence().prior()));
    return new LearnedPrior(all);
  }

  /// Whether any limit may change now: then all replicas' time is to be accounted for, and
  /// [#review] to be called.
  boolean isDue(long nowNanos) {
    for (int i = 0; i < pools.size(); i++) {
      if (pools.get(i).isWindowOver(nowNanos)) {
        return true;
      }
    }
    return whole != null && whole.isDue(nowNanos);
  }

  /// Whether requests should wait although replicas have free slots, because they have a bottleneck
  /// in common.
  boolean isServiceFull() {
    return whole != null && whole.isFull() && !isAnyClosed();
  }

  /// A lease begins.
  void begins(long nowNanos) {
    if (whole != null) {
      whole.begins(nowNanos);
    }
  }

  /// The replicas are others than before.
  void membersChanged(long nowNanos) {
    if (whole != null) {
      whole.restart(nowNanos);
    }
  }

  /// Why the service as a whole has a limit, to be appended to the replicas' reasons.
  String why(long nowNanos) {
    return whole != null && !isAnyClosed() ? whole.why(nowNanos) : "";
  }

  /// Whether any replica's limit is closed.
  boolean isAnyClosed() {
    for (int i = 0; i < pools.size(); i++) {
      if (pools.get(i).closedCount() > 0) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether any limit may have changed.
  boolean review(long nowNanos) {
    boolean changed = false;
    for (KneePool pool : pools) {
      changed |= pool.review(nowNanos);
    }
    if (whole != null) {
      whole.review(nowNanos);
    }
    return changed;
  }

  /// How variable work is, which says how much evidence to ask for.
  void variability(double workScv) {
    pools.forEach(pool -> pool.variability(workScv));
    if (whole != null) {
      whole.variability(workScv);
    }
  }

  /// A lease ends, which its replica is still to be told; `completed` if that did its work.
  void ends(Replica replica, Lease lease, boolean completed, long nowNanos) {
    if (whole != null) {
      whole.ends(completed, nowNanos);
    }
    int knee = replica.limit().knee();
    if (completed && knee <= KNEE_WATCHED && replica.inFlight() > knee + knee / 4) {
      overtaking.note(!replica.isAmongOldest(lease, knee + knee / 4));
    }
  }

  /// Decides anew whether to leave limits open for the sake of variable work, and how many requests
  /// to let in at least. Returns whether that changed.
  ///
  /// @param knees how many requests all replicas can work on
  boolean shape(WorkMoments work, double knees, long nowNanos) {
    boolean nextWaived = !overtaking.isInOrder() && isTooVariable(work.scv(), knees);
    double mean = work.meanNanos();
    int nextLeast = mean > 0 ? (int) Math.ceil(Math.min(1_000, LEAST_NANOS / mean)) : 1;
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

  /// Gives a replica's limit its shape.
  void apply(Limit limit, long nowNanos) {
    limit.shape(waived, least, nowNanos);
  }
}
