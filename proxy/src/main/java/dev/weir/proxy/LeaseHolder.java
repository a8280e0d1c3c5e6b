package dev.weir.proxy;

import dev.weir.balance.Lease;
import dev.weir.balance.Outcome;
import dev.weir.balance.Refusal;
import dev.weir.balance.Replica;
import dev.weir.balance.Ticket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An exchange's place with the balancer: waiting, leased, refused, or none any more. It gives back
/// what it took exactly once, and counts the response exactly once.
final class LeaseHolder {
  /// The statuses with which a replica says that it failed.
  private static final int ERRORS_FROM = 500;

  private final WorkerService workerService;
  private final LockedBalancer service;
  private final long arrivedNanos;
  private @Nullable Ticket ticket;
  private @Nullable Lease lease;
  private @Nullable Refusal refusal;
  private @Nullable Replica avoided;
  private String replicaId = "?";
  private long leasedNanos;
  private long soughtNanos;
  private boolean counted;

  LeaseHolder(WorkerService workerService, long arrivedNanos) {
    this.workerService = workerService;
    this.service = workerService.service();
    this.arrivedNanos = arrivedNanos;
    this.soughtNanos = arrivedNanos;
  }

  /// Asks for a lease for the first time.
  void arrive(Exchange exchange) {
    ticket = service.arrive(exchange, arrivedNanos);
  }

  /// Ends the lease and asks for another one, if the retry budget allows.
  ///
  /// @return whether it did
  boolean retry(Exchange exchange, Outcome outcome) {
    soughtNanos = service.nowNanos();
    ticket = service.retry(exchange, takeLease(), outcome);
    return ticket != null;
  }

  /// Ends the lease, under which nothing was sent, and asks for one of another replica.
  void tryElsewhere(Exchange exchange, Outcome outcome) {
    ticket = service.tryElsewhere(exchange, takeLease(), outcome);
  }

  /// Ends the lease, under which nothing was sent; [#goOn] asks for another one later.
  void pause(Outcome outcome) {
    Lease failed = takeLease();
    avoided = failed.replica();
    ticket = null;
    service.end(failed, outcome, service.nowNanos());
  }

  /// Asks for a lease again, of another replica than the last.
  void goOn(Exchange exchange) {
    ticket = service.again(exchange, Objects.requireNonNull(avoided));
  }

  private Lease takeLease() {
    Lease taken = Objects.requireNonNull(lease, "no lease to try again after");
    lease = null;
    return taken;
  }

  /// Whether the request has taken longer than it may in all.
  boolean isOver(ResponseTimeouts allowed, long nowNanos) {
    return allowed.isOver(nowNanos - arrivedNanos);
  }

  /// A replica accepted a connection.
  void reached() {
    service.reached();
  }

  /// A replica did not accept a connection.
  void unreached() {
    service.unreached();
  }

  /// Whether it makes no sense to try another connection: the request is past its deadline, or
  /// `several` of its connections were refused and nobody's has been accepted for as long as that.
  boolean isHopeless(boolean several, long nowNanos) {
    return nowNanos - soughtNanos >= service.deadlineNanos()
        || (several && service.unreachedNanos(nowNanos) >= service.deadlineNanos());
  }

  /// The balancer's decision; called under its lock, so only noted.
  void decide(Lease given) {
    lease = given;
    leasedNanos = given.startNanos();
    replicaId = given.replica().id();
  }

  /// The balancer's decision; called under its lock, so only noted.
  void decide(Refusal reason) {
    refusal = reason;
  }

  @Nullable Lease lease() {
    return lease;
  }

  @Nullable Refusal refusal() {
    return refusal;
  }

  /// The name of the replica leased last, for log lines.
  String replicaId() {
    return replicaId;
  }

  /// How long the request waited for the lease it has.
  long waitedNanos() {
    return leasedNanos - arrivedNanos;
  }

  /// Ends the lease if its slot is not used.
  ///
  /// @return whether it ended now
  boolean releaseUnused(SlotUse use, boolean responding, long nowNanos) {
    if (lease == null) {
      return false;
    }
    EarlyRelease why = use.unused(responding, service.patienceNanos(), nowNanos);
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

  /// The response is an event stream; its head is all that the replica is measured by.
  void streams(@Nullable UpstreamPool pool, int status, long nowNanos) {
    count(pool, status, nowNanos);
    release(EarlyRelease.STREAM);
  }

  /*
   * A lease that ended early says nothing about the time that the whole response takes its replica.
   */
  private void count(@Nullable UpstreamPool pool, int status, long nowNanos) {
    if (counted) {
      return;
    }
    counted = true;
    workerService.latency().record(nowNanos - arrivedNanos);
    if (pool != null) {
      pool.responded(status);
    }
    if (pool != null && lease != null) {
      pool.service().record(nowNanos - leasedNanos);
    }
  }

  /// Leaves the queue if it is still in it, and ends the lease if there is one.
  void leave() {
    if (ticket != null && lease == null && refusal == null) {
      service.cancel(ticket);
    }
    end(Outcome.IGNORED);
  }

  /// Ends the lease if there is one.
  void end(Outcome outcome) {
    Lease ending = lease;
    lease = null;
    if (ending != null) {
      ticket = null;
      service.end(ending, outcome, service.nowNanos());
    }
  }
}
