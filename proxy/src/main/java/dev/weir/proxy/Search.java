package dev.weir.proxy;

import dev.weir.balance.Fate;
import dev.weir.balance.Lease;
import dev.weir.balance.Refusal;
import java.util.concurrent.TimeUnit;

/// An exchange's way to a replica: waits for a lease, connects to the leased replica, and tries
/// elsewhere as long as connections are refused and the deadline has not passed.
final class Search {
  private final Exchange exchange;
  private final Branch branch;
  private final Place place;
  private final Attempts attempts = new Attempts();
  private boolean connecting;

  Search(Exchange exchange, Place place) {
    this.exchange = exchange;
    this.branch = exchange.branch();
    this.place = place;
  }

  private Lane lane() {
    return branch.lane();
  }

  /// Carries out what the balancer decided, if it did.
  void settle() {
    Refusal refusal = place.refusal();
    Lease lease = place.lease();
    if (exchange.isOver()) {
      place.end(Fate.IGNORED); // the client left while the decision was on its way
    } else if (refusal != null) {
      refuse(refusal);
    } else if (lease != null) {
      use(lease);
    }
  }

  private void refuse(Refusal reason) {
    if (attempts.isFirst()) {
      exchange.finishWith(Answer.refusal(reason));
    } else {
      unreachable();
    }
  }

  private void use(Lease given) {
    if (attempts.isFirst()) {
      branch.queueWait().record(place.waitedNanos());
    }
    ReplicaPool pool = branch.pool(given.replica().id());
    BackendConnection free = pool == null ? null : pool.take();
    if (free != null) {
      exchange.send(free);
    } else if (pool != null) {
      connect(pool);
    } else {
      connecting = true;
      connectFailed(Fate.IGNORED); // it left the service a moment ago
    }
  }

  /// Opens a connection under the lease there is.
  void connect(ReplicaPool to) {
    connecting = true;
    to.connect(this);
  }

  /// The replica accepted the connection.
  void connected(BackendConnection connection) {
    place.reached();
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
  /// @param fate failed, or ignored if it was no fault of the replica's
  void connectFailed(Fate fate) {
    if (fate == Fate.FAILED) {
      place.unreached();
    }
    if (!connecting || exchange.isOver()) {
      return;
    }
    connecting = false;
    attempts.refused();
    if (place.isHopeless(attempts.areSeveral(), lane().nowNanos())) {
      place.end(fate);
      unreachable();
    } else {
      tryElsewhere(fate, attempts.pauseMillis());
    }
  }

  private void tryElsewhere(Fate fate, long pauseMillis) {
    if (pauseMillis == 0) {
      place.tryElsewhere(exchange, fate);
      settle();
    } else {
      place.pause(fate);
      var _ = lane().loop().schedule(this::goOn, pauseMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void goOn() {
    if (!exchange.isOver()) {
      place.goOn(exchange);
      settle();
    }
  }

  /// What was sent went unanswered; it is sent once more if the retry budget allows.
  void resend() {
    if (!attempts.resend()) {
      exchange.badGateway("two replicas closed the connection without an answer");
    } else if (!place.retry(exchange, Fate.FAILED)) {
      exchange.badGateway("the replica failed, and too many requests are being retried");
    } else {
      settle();
    }
  }

  /// Gives up at the deadline. Until something was tried the balancer looks after it.
  void sweep(long nowNanos) {
    if (place.isOver(branch.timeouts(), nowNanos)) {
      place.leave();
      exchange.finishWith(Answer.OVER_TIME);
    } else if (!attempts.isFirst() && place.isHopeless(false, nowNanos)) {
      place.leave();
      unreachable();
    }
  }

  private void unreachable() {
    lane().tally().add(Tally.Count.UNREACHABLE, 1);
    exchange.finishWith(Answer.UNREACHABLE);
  }
}
