package dev.weir.proxy;

import dev.weir.balance.Lease;
import dev.weir.balance.Outcome;
import dev.weir.balance.Refusal;
import java.util.concurrent.TimeUnit;

/// An exchange's way to a replica: waits for a lease, connects to the leased replica, and tries
/// elsewhere as long as connections are refused and the deadline has not passed.
final class ReplicaSearch {
  private final Exchange exchange;
  private final WorkerService workerService;
  private final LeaseHolder leaseHolder;
  private final RetryBackoff attempts = new RetryBackoff();
  private boolean connecting;

  ReplicaSearch(Exchange exchange, LeaseHolder leaseHolder) {
    this.exchange = exchange;
    this.workerService = exchange.workerService();
    this.leaseHolder = leaseHolder;
  }

  private Worker worker() {
    return workerService.worker();
  }

  /// Carries out what the balancer decided, if it did.
  void settle() {
    Refusal refusal = leaseHolder.refusal();
    Lease lease = leaseHolder.lease();
    if (exchange.isOver()) {
      leaseHolder.end(Outcome.IGNORED); // the client left while the decision was on its way
    } else if (refusal != null) {
      refuse(refusal);
    } else if (lease != null) {
      use(lease);
    }
  }

  private void refuse(Refusal reason) {
    if (attempts.isFirst()) {
      exchange.finishWith(LocalResponse.refusal(reason));
    } else {
      unreachable();
    }
  }

  private void use(Lease given) {
    if (attempts.isFirst()) {
      workerService.queueWait().record(leaseHolder.waitedNanos());
    }
    UpstreamPool pool = workerService.pool(given.replica().id());
    UpstreamConnection free = pool == null ? null : pool.take();
    if (free != null) {
      exchange.send(free);
    } else if (pool != null) {
      connect(pool);
    } else {
      connecting = true;
      connectFailed(Outcome.IGNORED); // it left the service a moment ago
    }
  }

  /// Opens a connection under the lease there is.
  void connect(UpstreamPool to) {
    connecting = true;
    to.connect(this);
  }

  /// The replica accepted the connection.
  void connected(UpstreamConnection connection) {
    leaseHolder.reached();
    if (connecting && !exchange.isOver()) {
      connecting = false;
      exchange.send(connection);
    } else {
      connection.pool().put(connection);
    }
  }

  /// The replica did not accept the connection: nothing was sent, so any request may try again, at
  /// no cost to the retry budget.
  ///
  /// @param outcome failed, or ignored if it was no fault of the replica's
  void connectFailed(Outcome outcome) {
    if (outcome == Outcome.FAILED) {
      leaseHolder.unreached();
    }
    if (!connecting || exchange.isOver()) {
      return;
    }
    connecting = false;
    attempts.refused();
    if (leaseHolder.isHopeless(attempts.areSeveral(), worker().nowNanos())) {
      leaseHolder.end(outcome);
      unreachable();
    } else {
      tryElsewhere(outcome, attempts.pauseMillis());
    }
  }

  private void tryElsewhere(Outcome outcome, long pauseMillis) {
    if (pauseMillis == 0) {
      leaseHolder.tryElsewhere(exchange, outcome);
      settle();
    } else {
      leaseHolder.pause(outcome);
      var _ = worker().loop().schedule(this::goOn, pauseMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void goOn() {
    if (!exchange.isOver()) {
      leaseHolder.goOn(exchange);
      settle();
    }
  }

  /// What was sent went unanswered; it is sent once more if the retry budget allows.
  void resend() {
    if (!attempts.resend()) {
      exchange.badGateway("two replicas closed the connection without an answer");
    } else if (!leaseHolder.retry(exchange, Outcome.FAILED)) {
      exchange.badGateway("the replica failed, and too many requests are being retried");
    } else {
      settle();
    }
  }

  /// Gives up at the deadline. Until something was tried the balancer looks after it.
  void sweep(long nowNanos) {
    if (leaseHolder.isOver(workerService.timeouts(), nowNanos)) {
      leaseHolder.leave();
      exchange.finishWith(LocalResponse.OVER_TIME);
    } else if (!attempts.isFirst() && leaseHolder.isHopeless(false, nowNanos)) {
      leaseHolder.leave();
      unreachable();
    }
  }

  private void unreachable() {
    worker().counters().add(WorkerCounters.Count.UNREACHABLE, 1);
    exchange.finishWith(LocalResponse.UNREACHABLE);
  }
}
