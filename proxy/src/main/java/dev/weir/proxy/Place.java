package dev.weir.proxy;

import dev.weir.balance.Fate;
import dev.weir.balance.Lease;
import dev.weir.balance.Refusal;
import dev.weir.balance.Ticket;
import org.jspecify.annotations.Nullable;

/// An exchange's place with the balancer: waiting, leased, refused, or none any more. It gives back
/// what it took exactly once.
final class Place {
  private final Service service;
  private @Nullable Ticket ticket;
  private @Nullable Lease lease;
  private @Nullable Refusal refusal;
  private String replicaId = "?";

  Place(Service service) {
    this.service = service;
  }

  /// Asks for a lease for the first time.
  void arrive(Exchange exchange, long nowNanos) {
    ticket = service.arrive(exchange, nowNanos);
  }

  /// Ends the lease and asks for another one.
  ///
  /// @return whether the retry budget allowed it
  boolean retry(Exchange exchange, Fate fate) {
    Lease failed = lease;
    if (failed == null) {
      throw new IllegalStateException("no lease to try again after");
    }
    lease = null;
    ticket = service.retry(exchange, failed, fate);
    return ticket != null;
  }

  /// The balancer's decision; called under its lock, so only noted.
  void decide(Lease given) {
    lease = given;
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

  /// Leaves the queue if it is still in it, and ends the lease if there is one.
  void leave() {
    if (ticket != null && lease == null && refusal == null) {
      service.cancel(ticket);
    }
    end(Fate.IGNORED);
  }

  /// Ends the lease if there is one.
  void end(Fate fate) {
    Lease ending = lease;
    lease = null;
    if (ending != null) {
      service.end(ending, fate, service.nowNanos());
    }
  }
}
