package dev.weir.proxy;

import dev.weir.balance.Balancer;
import dev.weir.balance.BalancerSettings;
import dev.weir.balance.BalancerStatus;
import dev.weir.balance.Dispatch;
import dev.weir.balance.Lease;
import dev.weir.balance.Outcome;
import dev.weir.balance.Refusal;
import dev.weir.balance.Replica;
import dev.weir.balance.ReplicaSpec;
import dev.weir.balance.Ticket;
import dev.weir.balance.limit.LearnedPrior;
import dev.weir.base.Ticker;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A service's balancer, which all event loops share, behind its lock.
///
/// What the balancer decides about the request that is just arriving is carried out by its caller;
/// what it decides about others is handed to their event loops, never done under the lock.
final class LockedBalancer implements Dispatch<Exchange> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Balancer<Exchange> balancer;
  private final RetryBudget retries;
  private final Ticker ticker;
  private final Consumer<ReplicaEndpoint> unreachable;
  private final long deadlineNanos;
  private final AtomicLong unreachedSinceNanos = new AtomicLong();
  private @Nullable Exchange arriving;
  private volatile long patienceNanos = SlotUse.patienceNanos(Double.NaN);

  LockedBalancer(
      BalancerSettings settings,
      Ticker ticker,
      RandomGenerator random,
      Consumer<ReplicaEndpoint> unreachable) {
    this.ticker = ticker;
    this.unreachable = unreachable;
    deadlineNanos = settings.queueDeadlineNanos();
    retries = new RetryBudget(ticker.nanos());
    balancer = new Balancer<>(settings, this, random);
  }

  /// Monotonic time.
  long nowNanos() {
    return ticker.nanos();
  }

  /// A replica did not accept a connection.
  void unreachable(ReplicaEndpoint replica) {
    unreachable.accept(replica);
  }

  /// A request arrives. If it is decided at once, it knows when this returns.
  Ticket arrive(Exchange exchange, long nowNanos) {
    lock.lock();
    try {
      retries.request(nowNanos);
      arriving = exchange;
      return balancer.arrive(exchange, nowNanos);
    } finally {
      arriving = null;
      lock.unlock();
    }
  }

  /// A lease failed; its request tries again elsewhere if the retry budget allows.
  ///
  /// @return the new ticket, or null if the budget is spent
  @Nullable Ticket retry(Exchange exchange, Lease failed, Outcome outcome) {
    lock.lock();
    try {
      long nowNanos = nowNanos();
      balancer.end(failed, outcome, nowNanos);
      return retries.take(nowNanos) ? rejoin(exchange, failed.replica(), nowNanos) : null;
    } finally {
      lock.unlock();
    }
  }

  /// A lease failed under which nothing was sent; its request tries again elsewhere.
  Ticket tryElsewhere(Exchange exchange, Lease failed, Outcome outcome) {
    lock.lock();
    try {
      long nowNanos = nowNanos();
      balancer.end(failed, outcome, nowNanos);
      return rejoin(exchange, failed.replica(), nowNanos);
    } finally {
      lock.unlock();
    }
  }

  /// A request whose lease failed some time ago tries again elsewhere.
  Ticket again(Exchange exchange, Replica avoid) {
    lock.lock();
    try {
      return rejoin(exchange, avoid, nowNanos());
    } finally {
      lock.unlock();
    }
  }

  private Ticket rejoin(Exchange exchange, Replica avoid, long nowNanos) {
    arriving = exchange;
    try {
      return balancer.retry(exchange, avoid, nowNanos);
    } finally {
      arriving = null;
    }
  }

  /// How long a request may wait.
  long deadlineNanos() {
    return deadlineNanos;
  }

  /// A replica accepted a connection.
  void reached() {
    if (unreachedSinceNanos.getOpaque() != 0) {
      unreachedSinceNanos.set(0);
    }
  }

  /// A replica did not accept a connection.
  void unreached() {
    boolean _ = unreachedSinceNanos.compareAndSet(0, nowNanos() | 1);
  }

  /// For how long no connection to any replica was accepted, since the first that was not.
  long unreachedNanos(long nowNanos) {
    long sinceNanos = unreachedSinceNanos.get();
    return sinceNanos == 0 ? 0 : nowNanos - sinceNanos;
  }

  void cancel(Ticket ticket) {
    lock.lock();
    try {
      boolean _ = balancer.cancel(ticket, nowNanos());
    } finally {
      lock.unlock();
    }
  }

  void end(Lease lease, Outcome outcome, long nowNanos) {
    lock.lock();
    try {
      balancer.end(lease, outcome, nowNanos);
    } finally {
      lock.unlock();
    }
  }

  /// How long a replica may be silent in the middle of a response before that counts as idle.
  long patienceNanos() {
    return patienceNanos;
  }

  /// What its balancer has learned of the replicas.
  LearnedPrior prior() {
    lock.lock();
    try {
      return balancer.prior();
    } finally {
      lock.unlock();
    }
  }

  /// Begins with what the service's balancer before it knew.
  void recall(LearnedPrior prior) {
    lock.lock();
    try {
      balancer.recall(prior);
    } finally {
      lock.unlock();
    }
  }

  void tick() {
    lock.lock();
    try {
      long nowNanos = nowNanos();
      balancer.tick(nowNanos);
      double serviceMeanNanos = balancer.serviceMeanNanos(nowNanos);
      if (!Double.isNaN(serviceMeanNanos)) { // what was known last stays in use
        patienceNanos = SlotUse.patienceNanos(serviceMeanNanos);
      }
    } finally {
      lock.unlock();
    }
  }

  void replicas(List<ReplicaSpec> specs) {
    lock.lock();
    try {
      balancer.replicas(specs, nowNanos());
    } finally {
      lock.unlock();
    }
  }

  /// Whether nothing waits and nothing is under way.
  boolean isIdle() {
    BalancerStatus now = status();
    return now.queued() == 0 && now.inFlight() == 0;
  }

  BalancerStatus status() {
    lock.lock();
    try {
      return balancer.status(nowNanos());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void assigned(Exchange exchange, Lease lease) {
    if (exchange == arriving) {
      exchange.leaseHolder().decide(lease);
    } else {
      later(
          exchange,
          () -> {
            exchange.leaseHolder().decide(lease);
            exchange.settle();
          });
    }
  }

  @Override
  public void refused(Exchange exchange, Refusal reason) {
    if (exchange == arriving) {
      exchange.leaseHolder().decide(reason);
    } else {
      later(
          exchange,
          () -> {
            exchange.leaseHolder().decide(reason);
            exchange.settle();
          });
    }
  }

  private static void later(Exchange exchange, Runnable task) {
    exchange.worker().loop().execute(task);
  }
}
