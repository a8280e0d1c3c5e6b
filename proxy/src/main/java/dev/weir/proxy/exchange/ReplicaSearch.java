package dev.weir.proxy.exchange;

import dev.weir.balance.Admission;
import dev.weir.balance.Lease;
import dev.weir.balance.Outcome;
import dev.weir.balance.Refusal;
import dev.weir.balance.Ticket;
import dev.weir.proxy.admission.AdmissionListener;
import dev.weir.proxy.http.LocalResponse;
import dev.weir.proxy.metric.WorkerCounters;
import dev.weir.proxy.upstream.ConnectionReceiver;
import dev.weir.proxy.upstream.UpstreamConnection;
import dev.weir.proxy.upstream.UpstreamPool;
import dev.weir.proxy.worker.Worker;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Finds a replica for an exchange: waits for a lease, connects to the leased replica, and tries
/// others while connections are refused and the deadline has not passed.
final class ReplicaSearch implements AdmissionListener, ConnectionReceiver {
  private final Exchange exchange;
  private final WorkerService workerService;
  private final LeaseHolder leaseHolder;
  private final RetryBackoff attempts = new RetryBackoff();
  private final ColdRequest cold;
  private boolean connecting;

  /// @param cold what the request means to a service without replicas
  ReplicaSearch(
      Exchange exchange, WorkerService workerService, LeaseHolder leaseHolder, ColdRequest cold) {
    this.exchange = exchange;
    this.cold = cold;
    this.workerService = workerService;
    this.leaseHolder = leaseHolder;
  }

  private Worker worker() {
    return workerService.worker();
  }

  /// Asks the balancer for a lease. If there is no replica, the request first asks for one.
  void start() {
    LocalResponse atOnce = knock();
    if (atOnce != null) {
      exchange.finishWith(atOnce);
      return;
    }
    Admission admission = leaseHolder.arrive(this);
    if (admission instanceof Ticket) {
      LocalResponse _ = knock(); // the last replica may have left just now
    }
    settle(admission);
  }

  private @Nullable LocalResponse knock() {
    ColdGate gate = workerService.coldGate();
    return gate != null && leaseHolder.isCold() ? gate.receive(cold) : null;
  }

  @Override
  public void decided(Admission decision) {
    worker().loop().execute(() -> settle(leaseHolder.take(decision)));
  }

  private void settle(Admission admission) {
    if (exchange.isOver()) {
      leaseHolder.end(Outcome.IGNORED); // the client left while the decision was on its way
      return;
    }
    switch (admission) {
      case Lease lease -> use(lease);
      case Refusal reason -> refuse(reason);
      case Ticket _ -> {}
    }
  }

  private void refuse(Refusal reason) {
    if (attempts.isFirst()) {
      exchange.finishWith(response(reason));
    } else {
      unreachable();
    }
  }

  /// The response to a request that no replica will serve.
  private LocalResponse response(Refusal reason) {
    ColdGate gate = workerService.coldGate();
    if (gate != null && reason == Refusal.START_FAILED) {
      return gate.failed();
    }
    String text =
        switch (reason) {
          case QUEUE_FULL -> "the queue is full";
          case DEADLINE ->
              leaseHolder.isCold()
                  ? "no replica started in time"
                  : "no replica became free in time";
          case NO_REPLICA -> "the service has no replica";
          case START_FAILED -> "no replica could be started";
        };
    return new LocalResponse(503, text, 1);
  }

  private void use(Lease given) {
    if (attempts.isFirst()) {
      workerService.queueWait().record(leaseHolder.waitedNanos());
      if (leaseHolder.waitedCold()) {
        workerService.coldWait().record(leaseHolder.waitedNanos());
      }
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

  /// Opens a connection under the current lease.
  void connect(UpstreamPool to) {
    connecting = true;
    to.connect(this);
  }

  @Override
  public void connected(UpstreamConnection connection) {
    leaseHolder.reached();
    if (connecting && !exchange.isOver()) {
      connecting = false;
      exchange.send(connection);
    } else {
      connection.pool().put(connection);
    }
  }

  /// Nothing was sent, so any request may try again, free of the retry budget.
  @Override
  public void connectFailed(Outcome outcome) {
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
      settle(leaseHolder.tryElsewhere(this, outcome));
    } else {
      leaseHolder.pause(outcome);
      var _ = worker().loop().schedule(this::goOn, pauseMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void goOn() {
    if (!exchange.isOver()) {
      settle(leaseHolder.goOn(this));
    }
  }

  /// The replica did not respond; the request is sent once more if the retry budget allows.
  void resend() {
    if (!attempts.resend()) {
      exchange.badGateway("two replicas closed the connection without a response");
      return;
    }
    Admission admission = leaseHolder.retry(this, Outcome.FAILED);
    if (admission == null) {
      exchange.badGateway("the replica failed, and too many requests are being retried");
    } else {
      settle(admission);
    }
  }

  /// Gives up at the deadline. Before the first try this is the balancer's task.
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
