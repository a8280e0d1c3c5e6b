package dev.weir.proxy.exchange;

import dev.weir.balance.Admission;
import dev.weir.balance.Lease;
import dev.weir.balance.Outcome;
import dev.weir.balance.Replica;
import dev.weir.balance.Ticket;
import dev.weir.proxy.admission.AdmissionListener;
import dev.weir.proxy.admission.EarlyRelease;
import dev.weir.proxy.admission.LockedBalancer;
import dev.weir.proxy.admission.SlotUse;
import dev.weir.proxy.config.ResponseTimeouts;
import dev.weir.proxy.http.OwnFields;
import dev.weir.proxy.upstream.UpstreamPool;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an exchange has from its balancer: a ticket of the queue, a lease, or neither. It returns
/// each exactly once, and counts the response exactly once.
final class LeaseHolder {
  /// The lowest status of an error response.
  private static final int ERRORS_FROM = 500;

  private final WorkerService workerService;
  private final LockedBalancer balancer;
  private final long arrivedNanos;
  private @Nullable Ticket ticket;
  private @Nullable Lease lease;
  private @Nullable Replica avoided;
  private String replicaId = "?";
  private long leasedNanos;
  private long soughtNanos;
  private boolean counted;
  private boolean waitedCold;

  LeaseHolder(WorkerService workerService, long arrivedNanos) {
    this.workerService = workerService;
    this.balancer = workerService.balancer();
    this.arrivedNanos = arrivedNanos;
    this.soughtNanos = arrivedNanos;
  }

  /// Asks for a lease for the first time.
  Admission arrive(AdmissionListener queued) {
    return take(balancer.arrive(queued, arrivedNanos));
  }

  /// Ends the lease and asks for another one, if the retry budget allows.
  ///
  /// @return the new decision, or null if the budget is spent
  @Nullable Admission retry(AdmissionListener queued, Outcome outcome) {
    soughtNanos = balancer.nowNanos();
    Admission admission = balancer.retry(queued, takeLease(), outcome);
    return admission == null ? null : take(admission);
  }

  /// Ends the lease before anything was sent, and asks for one at another replica.
  Admission tryElsewhere(AdmissionListener queued, Outcome outcome) {
    return take(balancer.tryElsewhere(queued, takeLease(), outcome));
  }

  /// Ends the lease before anything was sent; [#goOn] asks for another one later.
  void pause(Outcome outcome) {
    Lease failed = takeLease();
    avoided = failed.replica();
    balancer.end(failed, outcome, balancer.nowNanos());
  }

  /// Asks for a lease again, at another replica than the last.
  Admission goOn(AdmissionListener queued) {
    return take(balancer.again(queued, Objects.requireNonNull(avoided)));
  }

  /// Takes over the balancer's decision.
  Admission take(Admission admission) {
    ticket = admission instanceof Ticket queued ? queued : null;
    waitedCold |= ticket != null && isCold();
    if (admission instanceof Lease given) {
      lease = given;
      leasedNanos = given.startNanos();
      replicaId = given.replica().id();
    }
    return admission;
  }

  /// Whether the service rests without a replica.
  boolean isCold() {
    return workerService.coldGate() != null && balancer.isCold();
  }

  /// Whether the request had to wait for a replica to start.
  boolean waitedCold() {
    return waitedCold;
  }

  /// What the proxy says of a response that comes from `pool`.
  OwnFields ownFields(@Nullable UpstreamPool pool) {
    OwnFields own = OwnFields.NONE;
    if (pool != null && workerService.worker().settings().options().servedBy()) {
      own = OwnFields.servedBy(pool.name());
    }
    return waitedCold ? own.withCold(waitedNanos() / 1e9) : own;
  }

  private Lease takeLease() {
    Lease taken = Objects.requireNonNull(lease, "no lease to try again after");
    lease = null;
    return taken;
  }

  /// Whether the request has taken longer than allowed in all.
  boolean isOver(ResponseTimeouts allowed, long nowNanos) {
    return allowed.isOver(nowNanos - arrivedNanos);
  }

  /// A replica accepted a connection.
  void reached() {
    balancer.reached();
  }

  /// A replica did not accept a connection.
  void unreached() {
    balancer.unreached();
  }

  /// Whether to give up: the request is past its deadline, or replicas refused `several` of its
  /// connections and the service's replicas have accepted none for as long as the deadline.
  boolean isHopeless(boolean several, long nowNanos) {
    return nowNanos - soughtNanos >= balancer.deadlineNanos()
        || (several && balancer.unreachedNanos(nowNanos) >= balancer.deadlineNanos());
  }

  /// The name of the replica leased last, for log lines.
  String replicaId() {
    return replicaId;
  }

  /// How long the request waited for the lease it has.
  long waitedNanos() {
    return leasedNanos - arrivedNanos;
  }

  /// Ends the lease if its slot is no longer used.
  ///
  /// @return whether it ended now
  boolean releaseUnused(SlotUse use, boolean responding, long nowNanos) {
    if (lease == null) {
      return false;
    }
    EarlyRelease why = use.unused(responding, balancer.patienceNanos(), nowNanos);
    if (why != null) {
      release(why);
    }
    return why != null;
  }

  private void release(EarlyRelease why) {
    if (lease != null) {
      workerService.releases().add(why, 1);
      end(why.outcome());
    }
  }

  /// The response is complete.
  void responded(@Nullable UpstreamPool pool, int status, long nowNanos) {
    count(pool, status, nowNanos);
    end(status >= ERRORS_FROM ? Outcome.ERRED : Outcome.SUCCEEDED);
  }

  /// The response is an event stream; only the time to its head counts for the replica.
  void streams(@Nullable UpstreamPool pool, int status, long nowNanos) {
    count(pool, status, nowNanos);
    release(EarlyRelease.STREAM);
  }

  /*
   * A lease that ended early says nothing about how long its replica takes for the whole response.
   */
  private void count(@Nullable UpstreamPool pool, int status, long nowNanos) {
    if (counted) {
      return;
    }
    counted = true;
    workerService.latency().record(nowNanos - arrivedNanos);
    workerService.recentLatency().record(nowNanos - arrivedNanos, nowNanos);
    if (pool != null) {
      pool.responded(status);
    }
    if (pool != null && lease != null) {
      pool.service().record(nowNanos - leasedNanos);
    }
  }

  /// Leaves the queue if still in it, and ends the lease if there is one.
  void leave() {
    if (ticket != null) {
      balancer.cancel(ticket);
    }
    end(Outcome.IGNORED);
  }

  /// Ends the lease if there is one.
  void end(Outcome outcome) {
    Lease ending = lease;
    lease = null;
    if (ending != null) {
      balancer.end(ending, outcome, balancer.nowNanos());
    }
  }
}
