package dev.weir.balance;

import dev.weir.balance.limit.Limit;
import dev.weir.balance.policy.Candidate;
import dev.weir.balance.policy.PickState;
import org.jspecify.annotations.Nullable;

/// One replica as a balancer sees it: its slots, what it is working on, how fast it has been, and
/// whether it takes new requests.
public final class Replica implements Candidate {
  private static final double SERVICE_WEIGHT = 1.0 / 64;

  private final Ejection ejection;
  private final Limit limit;
  private final SpeedEstimate speedEstimate;
  private final RelativeSpeed speed = new RelativeSpeed();
  private final ErrorPenalty errors = new ErrorPenalty();
  private final IntrusiveList<Lease> leases = new IntrusiveList<>();
  private final PickState pickState;
  private ReplicaSpec spec;
  private int inFlight;
  private double ghosts;
  private long succeeded;
  private long failed;
  private boolean draining;
  private boolean listed;
  private @Nullable Warmth warmth;
  private double serviceMeanNanos = Double.NaN;
  private long levelSinceNanos;
  private double requestNanos;

  /// @param pickState the policy's state of it
  Replica(
      ReplicaSpec spec,
      BalancerSettings settings,
      Limit limit,
      PickState pickState,
      long nowNanos) {
    this.spec = spec;
    this.ejection = new Ejection(settings.ejectNanos());
    this.limit = limit;
    this.pickState = pickState;
    this.speedEstimate = new SpeedEstimate(nowNanos);
    this.levelSinceNanos = nowNanos;
  }

  /// The name that discovery gave it.
  public String id() {
    return spec.id();
  }

  Ejection ejection() {
    return ejection;
  }

  Limit limit() {
    return limit;
  }

  SpeedEstimate speedEstimate() {
    return speedEstimate;
  }

  ErrorPenalty errors() {
    return errors;
  }

  @Override
  public PickState pickState() {
    return pickState;
  }

  ReplicaSpec spec() {
    return spec;
  }

  void spec(ReplicaSpec now) {
    spec = now;
  }

  @Override
  public int inFlight() {
    return inFlight;
  }

  /// Stops new requests, or lets them in again.
  ///
  /// @param stillListed whether discovery still lists it
  void draining(boolean now, boolean stillListed) {
    draining = now;
    listed = stillListed;
  }

  boolean isDraining() {
    return draining;
  }

  /// Whether it drains, is idle, and discovery no longer lists it.
  boolean isGone() {
    return draining && !listed && inFlight == 0;
  }

  void warmUp(long sinceNanos, long nanos) {
    warmth = nanos > 0 ? new Warmth(sinceNanos, nanos) : null;
  }

  /// The part of its share that it should get by now: from 0, when it is new, to 1.
  double warmth(long nowNanos) {
    Warmth warming = warmth;
    if (warming == null) {
      return 1;
    }
    double share = (double) (nowNanos - warming.sinceNanos) / warming.nanos;
    if (share >= 1) {
      warmth = null;
    }
    return share;
  }

  @Override
  public boolean hasFreeSlot() {
    return inFlight + ghosts < limit.slots();
  }

  @Override
  public boolean hasOpenLimit() {
    return limit.isOpen();
  }

  @Override
  public double score() {
    int knee = limit.isOpen() ? Integer.MAX_VALUE : limit.knee();
    double sharing = inFlight + ghosts + 1;
    return speed.slowness() * (knee == Integer.MAX_VALUE ? sharing : Math.max(1, sharing / knee));
  }

  @Override
  public double load() {
    return (inFlight + ghosts) / limit.knee();
  }

  Lease lease(long nowNanos) {
    spend(nowNanos);
    inFlight++;
    var lease = new Lease(this, nowNanos, speedEstimate.attainedNanos());
    leases.join(lease);
    return lease;
  }

  /// Whether `lease` is one of its `count` oldest.
  boolean isAmongOldest(Lease lease, int count) {
    return leases.isAmongOldest(lease, count);
  }

  /// A lease ended with that many in flight; `completed` if the work was done. A draining replica
  /// may hang, so its limit learns nothing.
  void ended(int atInFlight, boolean completed) {
    if (!draining) {
      limit.ended(atInFlight, completed);
    }
  }

  /// A lease ends. Returns how many were in flight until then.
  int release(Lease lease, long nowNanos) {
    spend(nowNanos);
    leases.leave(lease);
    return inFlight--;
  }

  /// Accounts for the time since the last event at the present number in flight.
  void spend(long nowNanos) {
    long elapsedNanos = nowNanos - levelSinceNanos;
    if (elapsedNanos <= 0) {
      return;
    }
    levelSinceNanos = nowNanos;
    if (inFlight > 0) {
      requestNanos += (double) inFlight * elapsedNanos;
      speedEstimate.spent(inFlight, limit.knee(), elapsedNanos);
      if (!draining) {
        limit.spent(inFlight, elapsedNanos);
      }
    }
  }

  /// The number of requests it had in flight, summed over the time since this was last asked.
  double takeRequestNanos() {
    double taken = requestNanos;
    requestNanos = 0;
    return taken;
  }

  /// Compares its speed with the service's. Returns whether its rank may change.
  boolean compare(double meanNanos, double workScv, double leastErrorShare, long nowNanos) {
    boolean changed = speed.compare(speedEstimate, meanNanos, workScv, nowNanos);
    double before = ghosts;
    errors.fade(meanNanos, nowNanos);
    ghosts = errors.ghosts(leastErrorShare);
    return changed || ghosts != before;
  }

  void responded(long serviceNanos) {
    succeeded++;
    serviceMeanNanos =
        Double.isNaN(serviceMeanNanos)
            ? serviceNanos
            : serviceMeanNanos + SERVICE_WEIGHT * (serviceNanos - serviceMeanNanos);
  }

  /// Notes an error response, whose time is not a service time.
  void erred() {
    succeeded++;
  }

  void failed() {
    failed++;
  }

  /// Leases that ended with a response since the start.
  long succeededCount() {
    return succeeded;
  }

  long failedCount() {
    return failed;
  }

  /// The recent mean time from lease to end; NaN until known.
  double serviceMeanSeconds() {
    return serviceMeanNanos / 1e9;
  }

  String state() {
    if (draining) {
      return "draining";
    }
    return ejection.isOut() ? "ejected" : "active";
  }

  /// A slow start.
  private record Warmth(long sinceNanos, long nanos) {}
}
