package dev.weir.balance;

import dev.weir.balance.limit.LearnedPrior;
import dev.weir.balance.limit.Limits;
import dev.weir.balance.policy.PickPolicy;
import dev.weir.scale.Demand;
import dev.weir.scale.ServiceLoad;
import dev.weir.scale.WorkMoments;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One service's queue, replicas, limits and policy: the state machine between an arrival and the
/// end of its lease.
///
/// Not thread-safe: the shell holds the lock. An arriving request gets its [Admission] in return;
/// decisions about queued ones go to the [Dispatch] before a method returns. All instants are
/// nanoseconds of one monotonic clock.
///
/// @param <R> the shell's own kind of request
public final class Balancer<R> {
  /*
   * Requests wait in two queues. Those that a replica failed come first: they have waited longest.
   * Each queue knows its oldest request, whose deadline passes first. The cap holds for each, so a
   * full queue still takes back a request that was admitted and then failed.
   */
  private static final int SHAPE_EVERY = 64;

  /// How often to compare replicas that have no events of their own with the others.
  private static final long COMPARE_NANOS = 500_000_000L;

  private final BalancerSettings settings;
  private final Dispatch<R> dispatch;
  private final WorkMoments work = new WorkMoments();
  private final BalancerCounters traffic = new BalancerCounters(work);
  private final PickPolicy policy;
  private final Limits limits;
  private final Membership members;
  private final ReplicaChoice choice;
  private final WaitQueue<R> line = new WaitQueue<>();
  private final WaitQueue<R> retryLine = new WaitQueue<>();
  private final Absence absence;
  private final Newcomers newcomers;
  private int untilShape = SHAPE_EVERY;
  private long comparedNanos;
  private double leastErrorShare;

  /// The admission of the request that is just joining a queue; null between arrivals.
  private @Nullable Admission arriving;

  /// A balancer without replicas.
  public Balancer(BalancerSettings settings, Dispatch<R> dispatch, RandomGenerator random) {
    this.settings = settings;
    this.dispatch = dispatch;
    this.policy = settings.policy().create(settings.limit(), random, this::openShare);
    this.limits = new Limits(settings.limitMax());
    this.absence = new Absence(settings.queueDeadlineNanos());
    this.newcomers = new Newcomers(settings, policy, limits, absence);
    this.members = new Membership(policy.order());
    this.choice = new ReplicaChoice(policy, members, limits, random);
  }

  /// What this balancer has learned about its replicas.
  public LearnedPrior prior() {
    return limits.prior();
  }

  /// Begins with what another balancer of the same service knew. This is a prior; it takes new
  /// evidence to close a limit. To be called before there are replicas.
  public void recall(LearnedPrior prior) {
    limits.recall(prior);
  }

  /// Hands over what it has measured for the autoscaler, and starts to measure again.
  public LoadMeter handOver(long nowNanos) {
    LoadMeter meter = traffic.load();
    meter.handOver(work.law(nowNanos).orElse(null));
    traffic.load(new LoadMeter());
    return meter;
  }

  /// Goes on with what another balancer of the same service has measured for the autoscaler.
  public void goOn(LoadMeter meter) {
    traffic.load(meter);
  }

  /// A request arrives: it is assigned, queued or refused.
  public Admission arrive(R request, long nowNanos) {
    traffic.arrived(nowNanos);
    members.tick(nowNanos);
    return line.size() > 0 ? joinOthers(request, nowNanos) : place(line, request, null, nowNanos);
  }

  private Admission joinOthers(R request, long nowNanos) {
    Admission joined = enqueue(line, request, null, nowNanos);
    if (!limits.isAnyClosed()) {
      return joined;
    }
    arriving = joined;
    drain(nowNanos); // an open replica's share has grown
    Admission decided = Objects.requireNonNull(arriving);
    arriving = null;
    return decided;
  }

  /// Takes back a request whose lease failed before any harm: it goes to the head of the queue, and
  /// to another replica than `avoid` if there is one.
  public Admission retry(R request, Replica avoid, long nowNanos) {
    traffic.retries++;
    members.tick(nowNanos);
    return place(retryLine, request, avoid, nowNanos);
  }

  /// The client of a waiting request went away. Returns whether it was still waiting.
  public boolean cancel(Ticket ticket, long nowNanos) {
    return switch (ticket) {
      case QueuedRequest<?> entry -> leave(entry);
    };
  }

  /// A lease ends; the freed slot takes the head of the queue.
  ///
  /// @throws IllegalStateException if it had ended before
  public void end(Lease lease, Outcome outcome, long nowNanos) {
    lease.end();
    Replica replica = lease.replica();
    limits.ends(outcome == Outcome.SUCCEEDED, nowNanos);
    if (outcome == Outcome.SUCCEEDED) {
      noteOvertaking(lease);
    }
    int inFlight = replica.release(lease, nowNanos);
    traffic.inFlight--;
    switch (outcome) {
      case SUCCEEDED -> responded(lease, nowNanos);
      case ERRED -> erred(lease, nowNanos);
      case FAILED -> replica.failed();
      case IGNORED -> {}
    }
    replica.ended(inFlight, outcome == Outcome.SUCCEEDED);
    compare(replica, nowNanos);
    members.changed(replica, replica.ejection().ended(lease.startNanos(), outcome, nowNanos));
    members.forgetIfIdle(replica);
    members.tick(nowNanos);
    if (limits.isDue(nowNanos)) {
      reviewLimits(nowNanos);
    }
    drain(nowNanos);
  }

  /// Time passes: refuses requests past their deadline and lets ejected replicas back in. Call it
  /// about every 100 ms.
  public void tick(long nowNanos) {
    members.tick(nowNanos);
    if (nowNanos - comparedNanos >= COMPARE_NANOS) {
      comparedNanos = nowNanos;
      compareAll(nowNanos);
    }
    reviewLimits(nowNanos);
    traffic.load().tick(members, nowNanos);
    line.lateAfter(settings.queue().lateAfterNanos(serviceMeanNanos(nowNanos)));
    expire(retryLine, nowNanos);
    expire(line, nowNanos);
    drain(nowNanos);
  }

  /// Sets the service's replicas. New ones join; missing ones finish their requests and are then
  /// forgotten; the others keep what was learned about them.
  ///
  /// @throws IllegalArgumentException if two have the same id
  public void replicas(List<ReplicaSpec> specs, long nowNanos) {
    noteReplicaSeen(nowNanos);
    spendAll(nowNanos);
    if (members.become(specs, spec -> newcomers.replica(spec, nowNanos))) {
      limits.membersChanged(nowNanos);
    }
    noteReplicaSeen(nowNanos);
    drain(nowNanos);
  }

  /// Says what becomes of requests while there is no replica. If the start of one has failed, those
  /// that wait are refused now.
  public void cold(ColdRule rule, long nowNanos) {
    absence.rule(rule);
    drain(nowNanos);
  }

  /// Whether no replica takes requests.
  public boolean isCold() {
    return members.isEmpty();
  }

  /// S over the last 60 s, from lease to end, in nanoseconds; NaN until known.
  public double serviceMeanNanos(long nowNanos) {
    return traffic.serviceMeanNanos(nowNanos);
  }

  /// What the service has to do, as measured; empty until known.
  public Optional<Demand> demand(long nowNanos) {
    return traffic.demand(nowNanos);
  }

  /// What the autoscaler needs to know. Ready are the replicas that take requests: not those that
  /// are ejected, unless all are.
  ///
  /// @param idleSeconds since when nothing has used the service: tunnels and streams are no
  ///   requests of the balancer's, so its shell says this
  public ServiceLoad load(double idleSeconds, long nowNanos) {
    return traffic
        .load()
        .load(
            work.earlyLaw(nowNanos).orElse(null),
            settings.limitInForce(),
            members,
            line.size() + retryLine.size(),
            Math.max(line.longestNanos(nowNanos), retryLine.longestNanos(nowNanos)) / 1e9,
            idleSeconds,
            nowNanos);
  }

  /// What status pages and metrics show.
  public BalancerStatus status(long nowNanos) {
    return traffic.status(
        settings.policy(),
        line.size() + retryLine.size(),
        members.all(),
        limits.why(nowNanos),
        nowNanos);
  }

  /// How many requests in flight and waiting there are per replica, if some limits are open and
  /// others closed; unbounded if all are open.
  private int openShare() {
    if (!limits.isAnyClosed()) {
      return Integer.MAX_VALUE;
    }
    int requests = traffic.inFlight + line.size() + retryLine.size() + 1;
    return Math.ceilDiv(requests, Math.max(1, members.pool().size()));
  }

  private void noteReplicaSeen(long nowNanos) {
    if (!members.isEmpty()) {
      absence.present(nowNanos);
    }
  }

  private Admission place(WaitQueue<R> line, R request, @Nullable Replica avoid, long nowNanos) {
    Replica replica = choice.pick(avoid, nowNanos);
    return replica == null ? enqueue(line, request, avoid, nowNanos) : lease(replica, nowNanos);
  }

  private Lease lease(Replica replica, long nowNanos) {
    Lease lease = replica.lease(nowNanos);
    limits.begins(nowNanos);
    traffic.inFlight++;
    members.changed(replica, replica.ejection().picked());
    return lease;
  }

  private Admission enqueue(WaitQueue<R> line, R request, @Nullable Replica avoid, long nowNanos) {
    Refusal absent = members.isEmpty() ? absence.refusal(nowNanos) : null;
    if (absent != null) {
      return traffic.refused(absent);
    }
    if (line.size() >= settings.queueCap()) {
      return traffic.refused(Refusal.QUEUE_FULL);
    }
    return line.join(request, avoid, nowNanos);
  }

  private boolean leave(QueuedRequest<?> entry) {
    if (!entry.waiting) {
      return false;
    }
    entry.leave();
    traffic.cancelled++;
    return true;
  }

  private void noteOvertaking(Lease lease) {
    Replica replica = lease.replica();
    int oldest = limits.oldestWatched(replica.limit(), replica.inFlight());
    if (oldest > 0) {
      limits.watched(!replica.isAmongOldest(lease, oldest));
    }
  }

  private void responded(Lease lease, long nowNanos) {
    Replica replica = lease.replica();
    long serviceNanos = nowNanos - lease.startNanos();
    double workNanos = replica.speedEstimate().attainedNanos() - lease.attainedNanos();
    traffic.responded(serviceNanos, nowNanos);
    replica.responded(serviceNanos);
    replica.errors().note(false, serviceNanos, work.meanNanos(), nowNanos);
    replica.speedEstimate().note(workNanos, nowNanos);
    work.note(workNanos, replica.speedEstimate().meanNanos(Double.NaN, nowNanos), nowNanos);
    policy.responded(replica, serviceNanos, nowNanos);
    if (--untilShape == 0) {
      untilShape = SHAPE_EVERY;
      shapeLimits(nowNanos);
    }
  }

  private void erred(Lease lease, long nowNanos) {
    Replica replica = lease.replica();
    replica.erred();
    replica.errors().note(true, nowNanos - lease.startNanos(), work.meanNanos(), nowNanos);
    leastErrorShare = members.leastErrorShare();
  }

  private void shapeLimits(long nowNanos) {
    limits.variability(work.scv());
    if (limits.shape(work.meanNanos(), work.scv(), members.knees(), nowNanos)) {
      members.all().forEach(replica -> limits.apply(replica.limit(), nowNanos));
      members.changedAll();
    }
  }

  /// Updates limits from what replicas have shown.
  private void reviewLimits(long nowNanos) {
    spendAll(nowNanos);
    if (limits.review(nowNanos)) {
      members.changedAll();
    }
  }

  private void spendAll(long nowNanos) {
    for (Replica replica : members.active()) {
      replica.spend(nowNanos);
    }
  }

  private boolean compare(Replica replica, long nowNanos) {
    return replica.compare(work.meanNanos(), work.scv(), leastErrorShare, nowNanos);
  }

  private void compareAll(long nowNanos) {
    leastErrorShare = members.leastErrorShare();
    boolean changed = false;
    for (Replica replica : members.active()) {
      changed |= compare(replica, nowNanos);
    }
    if (changed) {
      members.changedAll();
    }
  }

  private void drain(long nowNanos) {
    if (retryLine.size() > 0) {
      expire(retryLine, nowNanos);
      drain(retryLine, nowNanos);
    }
    if (line.size() > 0) {
      expire(line, nowNanos);
      drain(line, nowNanos);
    }
  }

  private void drain(WaitQueue<R> line, long nowNanos) {
    for (var head = line.next(nowNanos); head != null; head = line.next(nowNanos)) {
      Replica replica = choice.pick(head.avoid, nowNanos);
      if (replica == null) {
        return;
      }
      line.leave(head);
      decide(head, lease(replica, nowNanos));
    }
  }

  private void expire(WaitQueue<R> line, long nowNanos) {
    boolean isFailed = members.isEmpty() && absence.isFailed();
    Refusal reason = isFailed ? Refusal.START_FAILED : Refusal.DEADLINE;
    long waitNanosMax = isFailed ? 0 : waitNanosMax();
    for (var head = line.oldest(); head != null; head = line.oldest()) {
      if (nowNanos - head.sinceNanos < waitNanosMax) {
        return;
      }
      line.leave(head);
      decide(head, traffic.refused(reason));
    }
  }

  private long waitNanosMax() {
    return members.isEmpty() ? absence.waitNanosMax() : settings.queueDeadlineNanos();
  }

  private void decide(QueuedRequest<R> queued, Admission decision) {
    if (queued.equals(arriving)) {
      arriving = decision;
      return;
    }
    switch (decision) {
      case Lease lease -> dispatch.assigned(queued.request, lease);
      case Refusal reason -> dispatch.refused(queued.request, reason);
      case Ticket _ -> throw new IllegalStateException("a queued request queues no more");
    }
  }
}
