package dev.weir.balance;

/// One replica as a balancer sees it: its slots, what it is working on, how fast it has been, and
/// whether it takes new requests.
public final class Replica {
  private static final double SERVICE_WEIGHT = 1.0 / 64;

  final Pick.To to = new Pick.To(this);
  final Ejection ejection;
  final LimitLearner learner;
  final Pace pace;
  ReplicaSpec spec;
  int inFlight;
  long succeeded;
  long failed;
  boolean draining;

  /// Whether its discovery still lists it although it drains.
  boolean listed;

  /// Since when it is being warmed up, and for how long from then; 0 for not at all.
  long warmingSinceNanos;

  long warmingNanos;

  /// The number of its last pick, for policies that go by turns.
  long lastPick;

  /// [PeakEwma]'s average and when it last changed.
  double peakNanos;

  long peakAtNanos;

  private double serviceMeanNanos = Double.NaN;
  private long levelSinceNanos;

  Replica(ReplicaSpec spec, BalancerSettings settings, long nowNanos) {
    this.spec = spec;
    this.ejection = new Ejection(settings.ejectNanos());
    this.learner = new LimitLearner(spec.cores(), settings.limitMax(), nowNanos);
    this.pace = new Pace(nowNanos);
    this.peakAtNanos = nowNanos;
    this.levelSinceNanos = nowNanos;
  }

  /// The name that discovery gave it.
  public String id() {
    return spec.id();
  }

  /// How much of its share it should get by now: from 0, when it is new, to 1.
  double warmth(long nowNanos) {
    return warmingNanos == 0 ? 1 : (double) (nowNanos - warmingSinceNanos) / warmingNanos;
  }

  boolean hasFreeSlot() {
    return inFlight < learner.limit();
  }

  Lease lease(long nowNanos) {
    spend(nowNanos);
    inFlight++;
    return new Lease(this, nowNanos, pace.attainedNanos());
  }

  /// Accounts for the time up to now at the present number in flight.
  void spend(long nowNanos) {
    long elapsedNanos = nowNanos - levelSinceNanos;
    levelSinceNanos = nowNanos;
    if (inFlight > 0 && elapsedNanos > 0) {
      pace.spent(inFlight, learner.knee(), elapsedNanos);
      learner.spent(inFlight, elapsedNanos);
    }
  }

  void answered(long serviceNanos) {
    succeeded++;
    serviceMeanNanos =
        Double.isNaN(serviceMeanNanos)
            ? serviceNanos
            : serviceMeanNanos + SERVICE_WEIGHT * (serviceNanos - serviceMeanNanos);
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
}
