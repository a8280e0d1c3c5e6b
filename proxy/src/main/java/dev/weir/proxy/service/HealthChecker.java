package dev.weir.proxy.service;

import dev.weir.balance.BalancerStatus.ReplicaStatus;
import dev.weir.base.Ticker;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.proxy.process.RateLimitedLog;
import dev.weir.proxy.socket.Transport;
import dev.weir.proxy.upstream.ConnectAttempt;
import dev.weir.proxy.upstream.UpstreamConnector;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides which replicas of a service may be used: all except those that failed a probe.
///
/// Every second it connects to replicas that failed requests, or to all if the service asks for
/// that. If there is a health path, it also requests it from all of them. A replica that refuses
/// connections is left out until it accepts one again. Replicas with a bad response to the health
/// path are left out too, unless all have one: then the path is probably wrong.
final class HealthChecker {
  /*
   * If a service probes all replicas, a new one gets no request before it has accepted a
   * connection: Swarm reports a task as running long before its program listens. The same holds for
   * a replica that refused a request's connection. Both are probed four times a second. A replica
   * that responded to requests since the last round needs no probe.
   */
  private static final long PERIOD_MILLIS = 250;
  private static final int ROUNDS_PER_SECOND = 4;
  private static final int TIMEOUT_MILLIS = 2000;

  private final ManagedService service;
  private final @Nullable String healthPath;
  private final EventLoop loop;
  private final UpstreamConnector connector;
  private final RateLimitedLog log;
  private final Ticker ticker;
  private final Map<String, Finding> findings = new HashMap<>();
  private final Map<String, Long> succeeded = new HashMap<>();
  private final Set<String> asking = new HashSet<>();
  private List<ReplicaEndpoint> replicas = List.of();
  private Set<String> live = Set.of();
  private @Nullable ScheduledFuture<?> rounds;
  private int round;
  private boolean probing;

  HealthChecker(
      ManagedService service,
      ProxySettings settings,
      EventLoop loop,
      UpstreamConnector connector,
      RateLimitedLog log,
      Ticker ticker) {
    this.service = service;
    this.healthPath = settings.options().healthPath();
    this.loop = loop;
    this.connector = connector;
    this.log = log;
    this.ticker = ticker;
  }

  /// Sets the service's replicas.
  synchronized void replicas(List<ReplicaEndpoint> now) {
    List<ReplicaEndpoint> before = replicas;
    replicas = List.copyOf(now);
    Set<String> ids = now.stream().map(ReplicaEndpoint::id).collect(Collectors.toSet());
    before.stream()
        .filter(old -> now.stream().noneMatch(old::isAt))
        .forEach(old -> findings.remove(old.id()));
    succeeded.keySet().retainAll(ids);
    publish(true);
    if (probing && service.spec().probesAll()) {
      asked().filter(one -> finding(one) == Finding.UNKNOWN).forEach(this::probe);
    }
  }

  private Stream<ReplicaEndpoint> asked() {
    return replicas.stream().filter(one -> !one.draining());
  }

  /// Waits for the results of the first probes, until `deadlineNanos` at most.
  synchronized void awaitFirst(long deadlineNanos) {
    try {
      while (asked().anyMatch(one -> finding(one) == Finding.UNKNOWN)) {
        long leftMillis = (deadlineNanos - ticker.nanos()) / 1_000_000;
        if (leftMillis <= 0) {
          return;
        }
        wait(leftMillis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Probes every replica once, then continues as described above.
  synchronized void start() {
    probing = true;
    asked().forEach(this::probe);
    rounds =
        loop.scheduleAtFixedRate(this::round, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  synchronized void stop() {
    probing = false;
    if (rounds != null) {
      rounds.cancel(false);
    }
  }

  private synchronized void round() {
    boolean full = ++round % ROUNDS_PER_SECOND == 0;
    boolean all = service.spec().probesAll();
    if (!full) {
      if (all || live.isEmpty()) { // no replica can serve: every quarter of a second counts
        asked().filter(one -> !finding(one).isReachable()).forEach(this::probe);
      }
      return;
    }
    Set<String> suspects = new HashSet<>();
    Set<String> busy = new HashSet<>();
    for (ReplicaStatus replica : service.balancer().status().replicas()) {
      if (replica.state().equals("ejected")) {
        suspects.add(replica.id());
      }
      Long before = succeeded.put(replica.id(), replica.succeeded());
      if (before != null && before < replica.succeeded()) {
        busy.add(replica.id());
      }
    }
    asked()
        .filter(one ->
            healthPath != null
                || suspects.contains(one.id())
                || !finding(one).isReachable()
                || (all && !busy.contains(one.id())))
        .forEach(this::probe);
  }

  private void probe(ReplicaEndpoint replica) {
    if (!asking.add(replica.id())) {
      return;
    }
    connector.dial(
        replica,
        loop,
        to -> to.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS),
        () -> question(replica),
        new ConnectAttempt.Outcome<>() {
          @Override
          public void opened(HealthRequest question) {
            accepted(replica, question);
          }

          @Override
          public void failed(Throwable cause) {
            missed(replica, cause);
          }
        });
  }

  private HealthRequest question(ReplicaEndpoint replica) {
    return new HealthRequest(
        "%s:%d".formatted(replica.host(), replica.port()),
        healthPath == null ? "/" : healthPath,
        good -> found(replica, good ? Finding.GOOD : Finding.UNHEALTHY));
  }

  private void accepted(ReplicaEndpoint replica, HealthRequest question) {
    if (healthPath == null) {
      found(replica, Finding.GOOD);
      question.close();
    } else {
      question.ask();
      var _ = loop.schedule(question::close, TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void missed(ReplicaEndpoint replica, Throwable cause) {
    if (cause instanceof UnknownHostException) {
      found(replica, Finding.NAMELESS);
    } else {
      found(replica, Transport.isOfPeer(cause) ? Finding.UNREACHABLE : finding(replica));
    }
  }

  private synchronized void found(ReplicaEndpoint replica, Finding finding) {
    asking.remove(replica.id());
    learned(replica, finding);
  }

  /// A request's connection was refused, or not accepted in time.
  synchronized void unreachable(ReplicaEndpoint replica) {
    if (service.spec().probesAll()) {
      learned(replica, Finding.UNREACHABLE);
    }
  }

  private void learned(ReplicaEndpoint replica, Finding finding) {
    if (replicas.stream().anyMatch(replica::isAt)
        && findings.put(replica.id(), finding) != finding) {
      publish(false);
    }
    notifyAll();
  }

  private void publish(boolean anew) {
    boolean noneGood = asked().noneMatch(b -> finding(b) == Finding.GOOD);
    Set<String> now =
        asked()
            .filter(b -> finding(b) == Finding.GOOD || (noneGood && finding(b).isReachable()))
            .map(ReplicaEndpoint::id)
            .collect(Collectors.toSet());
    if (!anew) {
      report(now);
    }
    if (anew || !now.equals(live)) {
      live = now;
      service.usable(replicas.stream().filter(b -> b.draining() || now.contains(b.id())).toList());
    }
  }

  private void report(Set<String> now) {
    for (ReplicaEndpoint replica : replicas) {
      boolean was = live.contains(replica.id());
      boolean is = now.contains(replica.id());
      String name = "replica %s (%s:%d)".formatted(replica.id(), replica.host(), replica.port());
      if (was && !is) {
        log.warn(name + finding(replica).words() + ": it is left out until it does");
      } else if (is && !was) {
        log.info(name + " responds");
      }
    }
  }

  private Finding finding(ReplicaEndpoint replica) {
    return findings.getOrDefault(
        replica.id(), service.spec().probesAll() ? Finding.UNKNOWN : Finding.GOOD);
  }

  /// The result of a replica's last probe.
  private enum Finding {
    GOOD(""),
    UNHEALTHY(" does not respond to its health path with a status below 400"),
    UNKNOWN(" was not seen yet to accept connections"),
    UNREACHABLE(" does not accept connections"),
    NAMELESS(" has a name that does not resolve to an address");

    private final String words;

    Finding(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    boolean isReachable() {
      return this == GOOD || this == UNHEALTHY;
    }
  }
}
