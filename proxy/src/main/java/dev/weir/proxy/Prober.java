package dev.weir.proxy;

import dev.weir.balance.BalancerStatus.ReplicaStatus;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says which replicas the balancer may use: all but those that were seen not to answer.
///
/// Every second it connects to the replicas that failed requests, and asks all of them for the
/// health path if there is one. A replica that refuses connections is left out until it accepts one
/// again. Replicas that accept connections but answer the health path badly are left out too,
/// unless all do: then the path is more likely to be wrong than every replica.
final class Prober {
  private static final long PERIOD_MILLIS = 1000;
  private static final int TIMEOUT_MILLIS = 2000;

  private final ProxySettings settings;
  private final Service service;
  private final EventLoop loop;
  private final Transport transport;
  private final LimitedLog log;
  private final Map<String, Finding> findings = new HashMap<>();
  private List<Backend> backends = List.of();
  private Set<String> live = Set.of();
  private @Nullable ScheduledFuture<?> rounds;

  Prober(
      ProxySettings settings,
      Service service,
      EventLoop loop,
      Transport transport,
      LimitedLog log) {
    this.settings = settings;
    this.service = service;
    this.loop = loop;
    this.transport = transport;
    this.log = log;
  }

  /// The service's replicas are now these; newcomers are taken for live until seen otherwise.
  synchronized void backends(List<Backend> now) {
    backends = List.copyOf(now);
    findings.keySet().retainAll(now.stream().map(Backend::id).collect(Collectors.toSet()));
    publish(true);
  }

  /// Probes every replica once, then goes on as said above.
  synchronized void start() {
    backends.forEach(this::probe);
    rounds =
        loop.scheduleAtFixedRate(this::round, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  synchronized void stop() {
    if (rounds != null) {
      rounds.cancel(false);
    }
  }

  private synchronized void round() {
    Set<String> suspects = new HashSet<>();
    for (ReplicaStatus replica : service.status().replicas()) {
      if (replica.state().equals("ejected")) {
        suspects.add(replica.id());
      }
    }
    for (Backend backend : backends) {
      if (settings.options().healthPath() != null
          || suspects.contains(backend.id())
          || findings.get(backend.id()) == Finding.UNREACHABLE) {
        probe(backend);
      }
    }
  }

  private void probe(Backend backend) {
    String path = settings.options().healthPath();
    var question = path == null ? new ChannelInboundHandlerAdapter() : null;
    var asked =
        path == null
            ? null
            : new HealthQuestion(
                "%s:%d".formatted(backend.host(), backend.port()),
                path,
                good -> found(backend, good ? Finding.GOOD : Finding.UNHEALTHY));
    ChannelFuture opening =
        new Bootstrap()
            .group(loop)
            .channel(transport.socketChannel())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS)
            .handler(asked == null ? question : asked)
            .connect(new InetSocketAddress(backend.host(), backend.port()));
    var _ =
        opening.addListener(done -> {
          if (!done.isSuccess()) {
            found(backend, Finding.UNREACHABLE);
          } else if (asked == null) {
            found(backend, Finding.GOOD);
            close(opening);
          } else {
            var _ = loop.schedule(() -> close(opening), TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
          }
        });
  }

  private static void close(ChannelFuture opened) {
    var _ = opened.channel().close();
  }

  private synchronized void found(Backend backend, Finding finding) {
    if (backends.contains(backend) && findings.put(backend.id(), finding) != finding) {
      publish(false);
    }
  }

  private void publish(boolean anew) {
    boolean noneGood = backends.stream().noneMatch(b -> finding(b) == Finding.GOOD);
    Set<String> now =
        backends.stream()
            .filter(b -> finding(b) == Finding.GOOD || (noneGood && finding(b).isReachable()))
            .map(Backend::id)
            .collect(Collectors.toSet());
    if (!anew) {
      tell(now);
    }
    if (anew || !now.equals(live)) {
      live = now;
      service.replicas(
          backends.stream().filter(b -> now.contains(b.id())).map(Backend::replica).toList());
    }
  }

  private void tell(Set<String> now) {
    for (Backend backend : backends) {
      boolean was = live.contains(backend.id());
      boolean is = now.contains(backend.id());
      String name = "backend %s (%s:%d)".formatted(backend.id(), backend.host(), backend.port());
      if (was && !is) {
        log.warn(name + finding(backend).words() + ": it is left out until it does");
      } else if (is && !was) {
        log.info(name + " answers again");
      }
    }
  }

  private Finding finding(Backend backend) {
    return findings.getOrDefault(backend.id(), Finding.GOOD);
  }

  /// What the last probe of a replica found.
  private enum Finding {
    GOOD(""),
    UNHEALTHY(" does not answer its health path with a status below 400"),
    UNREACHABLE(" does not accept connections");

    private final String words;

    Finding(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    boolean isReachable() {
      return this != UNREACHABLE;
    }
  }
}
