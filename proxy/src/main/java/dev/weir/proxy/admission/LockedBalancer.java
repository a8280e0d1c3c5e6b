package dev.weir.proxy.admission;

import dev.weir.balance.Admission;
import dev.weir.balance.Balancer;
import dev.weir.balance.BalancerSettings;
import dev.weir.balance.BalancerStatus;
import dev.weir.balance.ColdRule;
import dev.weir.balance.Dispatch;
import dev.weir.balance.Lease;
import dev.weir.balance.LoadMeter;
import dev.weir.balance.Outcome;
import dev.weir.balance.Refusal;
import dev.weir.balance.Replica;
import dev.weir.balance.ReplicaSpec;
import dev.weir.balance.Ticket;
import dev.weir.balance.limit.LearnedPrior;
import dev.weir.base.Ticker;
import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.scale.Demand;
import dev.weir.scale.ServiceLoad;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A service's balancer, which all event loops share, behind its lock.
///
/// The caller carries out the decision about an arriving request. Decisions about queued requests
/// go to their [AdmissionListener], which acts on them outside the lock.
public final class LockedBalancer implements Dispatch<AdmissionListener> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Balancer<AdmissionListener> balancer;
  private final RetryBudget retries;
  private final Ticker ticker;
  private final Consumer<ReplicaEndpoint> unreachable;
  private final long deadlineNanos;
  private final AtomicLong unreachedSinceNanos = new AtomicLong();
  private volatile boolean cold = true;
  private volatile long patienceNanos = SlotUse.patienceNanos(Double.NaN);

  public LockedBalancer(
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
  public long nowNanos() {
    return ticker.nanos();
  }

  /// A replica did not accept a connection.
  public void unreachable(ReplicaEndpoint replica) {
    unreachable.accept(replica);
  }

  /// A request arrives. `queued` gets a decision only if a ticket is returned.
  public Admission arrive(AdmissionListener queued, long nowNanos) {
    lock.lock();
    try {
      retries.request(nowNanos);
      return balancer.arrive(queued, nowNanos);
    } finally {
      lock.unlock();
    }
  }

  /// A lease failed; its request tries again elsewhere if the retry budget allows.
  ///
  /// @return the new decision, or null if the budget is spent
  @Nullable
  public Admission retry(AdmissionListener queued, Lease failed, Outcome outcome) {
    lock.lock();
    try {
      long nowNanos = nowNanos();
      balancer.end(failed, outcome, nowNanos);
      return retries.take(nowNanos) ? balancer.retry(queued, failed.replica(), nowNanos) : null;
    } finally {
      lock.unlock();
    }
  }

  /// A lease failed before anything was sent; its request tries again elsewhere.
  public Admission tryElsewhere(AdmissionListener queued, Lease failed, Outcome outcome) {
    lock.lock();
    try {
      long nowNanos = nowNanos();
      balancer.end(failed, outcome, nowNanos);
      return balancer.retry(queued, failed.replica(), nowNanos);
    } finally {
      lock.unlock();
    }
  }

  /// A request tries again elsewhere, some time after its lease failed.
  public Admission again(AdmissionListener queued, Replica avoid) {
    lock.lock();
    try {
      return balancer.retry(queued, avoid, nowNanos());
    } finally {
      lock.unlock();
    }
  }

  /// How long a request may wait.
  public long deadlineNanos() {
    return deadlineNanos;
  }

  /// A replica accepted a connection.
  public void reached() {
    if (unreachedSinceNanos.getOpaque() != 0) {
      unreachedSinceNanos.set(0);
    }
  }

  /// A replica did not accept a connection.
  public void unreached() {
    boolean _ = unreachedSinceNanos.compareAndSet(0, nowNanos() | 1);
  }

  /// How long replicas have accepted no connection, since the first failure.
  public long unreachedNanos(long nowNanos) {
    long sinceNanos = unreachedSinceNanos.get();
    return sinceNanos == 0 ? 0 : nowNanos - sinceNanos;
  }

  public void cancel(Ticket ticket) {
    lock.lock();
    try {
      boolean _ = balancer.cancel(ticket, nowNanos());
    } finally {
      lock.unlock();
    }
  }

  public void end(Lease lease, Outcome outcome, long nowNanos) {
    lock.lock();
    try {
      balancer.end(lease, outcome, nowNanos);
    } finally {
      lock.unlock();
    }
  }

  /// How long a replica may be silent in the middle of a response before it counts as idle.
  public long patienceNanos() {
    return patienceNanos;
  }

  /// What its balancer has learned of the replicas.
  public LearnedPrior prior() {
    lock.lock();
    try {
      return balancer.prior();
    } finally {
      lock.unlock();
    }
  }

  /// Starts with what the service's previous balancer knew.
  public void recall(LearnedPrior prior) {
    lock.lock();
    try {
      balancer.recall(prior);
    } finally {
      lock.unlock();
    }
  }

  /// Hands over what its balancer has measured for the autoscaler.
  public LoadMeter handOver() {
    lock.lock();
    try {
      return balancer.handOver(nowNanos());
    } finally {
      lock.unlock();
    }
  }

  /// Goes on with what the service's previous balancer has measured for the autoscaler.
  public void goOn(LoadMeter meter) {
    lock.lock();
    try {
      balancer.goOn(meter);
    } finally {
      lock.unlock();
    }
  }

  public void tick() {
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

  public void replicas(List<ReplicaSpec> specs) {
    lock.lock();
    try {
      balancer.replicas(specs, nowNanos());
      cold = balancer.isCold();
    } finally {
      lock.unlock();
    }
  }

  /// Whether no replica takes requests.
  public boolean isCold() {
    return cold;
  }

  /// Says what becomes of requests while there is no replica.
  public void cold(ColdRule rule) {
    lock.lock();
    try {
      balancer.cold(rule, nowNanos());
    } finally {
      lock.unlock();
    }
  }

  /// Whether no request waits or is under way.
  public boolean isIdle() {
    BalancerStatus now = status();
    return now.queued() == 0 && now.inFlight() == 0;
  }

  public BalancerStatus status() {
    lock.lock();
    try {
      return balancer.status(nowNanos());
    } finally {
      lock.unlock();
    }
  }

  /// What the autoscaler needs to know of a service that has been idle for so long.
  public ServiceLoad load(double idleSeconds) {
    lock.lock();
    try {
      return balancer.load(idleSeconds, nowNanos());
    } finally {
      lock.unlock();
    }
  }

  /// What the service has to do, as measured; empty until known.
  public Optional<Demand> demand() {
    lock.lock();
    try {
      return balancer.demand(nowNanos());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void assigned(AdmissionListener queued, Lease lease) {
    queued.decided(lease);
  }

  @Override
  public void refused(AdmissionListener queued, Refusal reason) {
    queued.decided(reason);
  }
}
