package dev.weir.proxy.admission;

import dev.weir.balance.ColdRule;
import dev.weir.base.Checks;
import dev.weir.base.Ticker;
import dev.weir.base.Visible;
import dev.weir.proxy.config.ZeroSpec;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How a service that may have no replica starts: whom its first request wakes, how long requests
/// wait, and why none starts. It outlives the service's balancers, and any thread may use it.
public final class ColdStart {
  private static final long WAKE_PAUSE_NANOS = 1_000_000_000L;
  private static final double NANOS = 1e9;

  /// Twice as long as a waiting page takes to reload itself.
  private static final long ASKED_NANOS = 2_000_000_000L * WaitingPage.RELOAD_SECONDS;

  private final String service;
  private final Ticker ticker;
  private final Consumer<String> listener;
  private final AtomicLong wokenNanos;
  private volatile long askedNanos;
  private volatile double holdSeconds = Double.POSITIVE_INFINITY;
  private volatile String reason = "";

  /// @param service its name
  /// @param listener is called on a thread of its own when a request asks for a replica
  public ColdStart(String service, Ticker ticker, Consumer<String> listener) {
    this.service = service;
    this.ticker = ticker;
    this.listener = listener;
    long longAgoNanos = ticker.nanos() - ASKED_NANOS;
    wokenNanos = new AtomicLong(longAgoNanos);
    askedNanos = longAgoNanos;
  }

  /// A request asks for a replica. The listener learns of it at once, but at most once a second.
  public void wake() {
    long nowNanos = ticker.nanos();
    askedNanos = nowNanos;
    long lastNanos = wokenNanos.get();
    if (nowNanos - lastNanos >= WAKE_PAUSE_NANOS && wokenNanos.compareAndSet(lastNanos, nowNanos)) {
      Thread.ofVirtual().name("weir-wake").start(() -> listener.accept(service));
    }
  }

  /// Whether a request has asked for a replica just now. A browser with a waiting page waits,
  /// though none of its requests does.
  public boolean isAsked() {
    return ticker.nanos() - askedNanos < ASKED_NANOS;
  }

  /// Sets how long requests wait, and why no replica starts.
  ///
  /// @param hold in seconds: >= 0
  /// @param why in one line; empty if nothing is wrong
  /// @throws IllegalArgumentException if the hold is negative or no number
  public void become(double hold, String why) {
    Checks.check(hold >= 0, "hold", hold, ">= 0 s");
    holdSeconds = hold;
    reason = Visible.shortLine(why.strip());
  }

  /// A replica has started.
  public void started() {
    reason = "";
  }

  /// Why no replica starts; empty if nothing is known to be wrong.
  public String reason() {
    return reason;
  }

  /// How long requests wait for a replica, in seconds.
  ///
  /// @param queueDeadlineNanos how long they may wait for anything
  public double holdSeconds(long queueDeadlineNanos) {
    return Math.min(holdSeconds, queueDeadlineNanos / NANOS);
  }

  /// The rule for a balancer.
  ///
  /// @param zero null if the service is not to rest without replicas
  public ColdRule rule(@Nullable ZeroSpec zero, long queueDeadlineNanos) {
    return zero == null
        ? ColdRule.NONE
        : new ColdRule(
            true, Math.round(holdSeconds(queueDeadlineNanos) * NANOS), !reason.isEmpty());
  }
}
