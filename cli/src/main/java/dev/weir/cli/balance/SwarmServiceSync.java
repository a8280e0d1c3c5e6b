package dev.weir.cli.balance;

import dev.weir.balance.BalancerSettings;
import dev.weir.balance.QueueSpec;
import dev.weir.cli.scale.ProxyScaling;
import dev.weir.proxy.ProxyServer;
import dev.weir.proxy.admin.DiscoveryStatus;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.proxy.config.ResponseTimeouts;
import dev.weir.proxy.config.ServiceSpec;
import dev.weir.proxy.config.ZeroSpec;
import dev.weir.proxy.route.RouteRule;
import dev.weir.scale.Promise;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.follow.FollowStatus;
import dev.weir.swarm.follow.FollowedReplica;
import dev.weir.swarm.follow.FollowedService;
import dev.weir.swarm.follow.ScaleLabels;
import dev.weir.swarm.follow.ServiceLabels;
import dev.weir.swarm.follow.ServiceTimeouts;
import dev.weir.swarm.follow.TaskFollower;
import dev.weir.term.FigureText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps a proxy's services in step with those that a follower finds.
final class SwarmServiceSync implements AutoCloseable {
  private final TaskFollower follower;
  private final BalancerSettings balancer;
  private final boolean lenient;
  private final ResponseTimeouts timeouts;
  private final @Nullable Promise promise;
  private final Consumer<String> log;
  private final List<EngineAddress> managers;
  private final @Nullable Path scaleLog;
  private final Map<String, ServiceSpec> lastGood = new HashMap<>();
  private final Map<String, String> refused = new HashMap<>();
  private volatile @Nullable ProxyScaling scaling;

  /// @param managers whom the follower asks
  /// @param scaleLog a file that keeps every decision of autoscaling; null for none
  /// @param settings for services without labels of their own
  /// @param log takes lines for the user
  SwarmServiceSync(
      TaskFollower follower,
      List<EngineAddress> managers,
      @Nullable Path scaleLog,
      ProxySettings settings,
      Consumer<String> log) {
    this.follower = follower;
    this.managers = List.copyOf(managers);
    this.scaleLog = scaleLog;
    this.balancer = settings.balancer();
    this.lenient = settings.options().http().replicaLenient();
    this.timeouts = settings.timeouts().responses();
    this.promise = settings.options().promise();
    this.log = log;
  }

  /// The services as last seen.
  List<ServiceSpec> services() {
    return specs(follower.services());
  }

  /// Continues to follow, and updates the proxy.
  void start(ProxyServer server) {
    server.discovery(this::discovery);
    ProxyScaling started = ProxyScaling.start(server, follower, managers, scaleLog, log);
    scaling = started;
    follower.start(services -> {
      server.services(specs(services));
      started.changed();
    });
  }

  /// A line for each followed service.
  List<String> lines() {
    return follower.services().stream().map(SwarmServiceSync::line).toList();
  }

  private static String line(FollowedService service) {
    String routes =
        routes(service.labels()).stream()
            .map(RouteRule::toString)
            .reduce((a, b) -> a + ", " + b)
            .orElse("");
    return "weir: service %s: %s on port %d, for %s"
        .formatted(
            service.name(),
            FigureText.count(service.liveCount(), "replica"),
            service.labels().port(),
            routes);
  }

  /*
   * A service that the proxy refuses must not block updates of the others: its last good settings
   * stay in use.
   */
  private synchronized List<ServiceSpec> specs(List<FollowedService> services) {
    var specs = new ArrayList<ServiceSpec>();
    for (FollowedService service : services) {
      try {
        ServiceSpec spec = spec(service);
        lastGood.put(service.name(), spec);
        refused.remove(service.name());
      } catch (IllegalArgumentException e) {
        String why = String.valueOf(e.getMessage());
        if (!why.equals(refused.put(service.name(), why))) {
          log.accept(
              "weir: service %s: %s; the last good settings stay in use"
                  .formatted(service.name(), why));
        }
      }
      ServiceSpec holds = lastGood.get(service.name());
      if (holds != null) {
        specs.add(holds);
      }
    }
    lastGood.keySet().retainAll(services.stream().map(FollowedService::name).toList());
    return specs;
  }

  private ServiceSpec spec(FollowedService service) {
    ServiceLabels labels = service.labels();
    BalancerSettings own =
        balancer
            .with(labels.policy().orElse(balancer.policy()))
            .with(labels.limit().orElse(balancer.limit()))
            .with(queue(labels));
    List<ReplicaEndpoint> replicas =
        service.replicas().stream().map(SwarmServiceSync::replica).toList();
    return new ServiceSpec(service.name(), routes(labels), own, replicas, true)
        .withLenient(labels.lenient().orElse(lenient))
        .with(timeouts(labels.timeouts()))
        .with(labels.slo().isPresent() ? labels.slo().get() : promise)
        .with(
            labels.scale().filter(ScaleLabels::mayBeZero).map(SwarmServiceSync::zero).orElse(null));
  }

  private static ZeroSpec zero(ScaleLabels labels) {
    return new ZeroSpec(labels.waitingPage(), labels.noWakeAgents(), labels.noWakePaths());
  }

  /// By its own promise where it has one.
  private QueueSpec queue(ServiceLabels labels) {
    boolean isLateLast = labels.lateLast().orElse(balancer.queue() instanceof QueueSpec.LateLast);
    return isLateLast
        ? labels
            .slo()
            .<QueueSpec>map(slo -> new QueueSpec.LateLast(Math.round(slo.seconds() * 1e9)))
            .orElse(balancer.queue())
        : QueueSpec.FIFO;
  }

  private ResponseTimeouts timeouts(ServiceTimeouts own) {
    return new ResponseTimeouts(
        own.response().orElse(timeouts.head()),
        own.streamIdle().orElse(timeouts.idle()),
        own.request().orElse(timeouts.total()));
  }

  private static List<RouteRule> routes(ServiceLabels labels) {
    return labels.hosts().isEmpty()
        ? List.of(new RouteRule("", labels.path()))
        : labels.hosts().stream().map(host -> new RouteRule(host, labels.path())).toList();
  }

  private static ReplicaEndpoint replica(FollowedReplica replica) {
    return new ReplicaEndpoint(
        replica.id(), replica.host(), replica.port(), replica.cores(), replica.draining());
  }

  private DiscoveryStatus discovery() {
    FollowStatus now = follower.status();
    return new DiscoveryStatus(
        now.source(),
        now.staleNanos() / 1e9,
        now.polls(),
        now.failures(),
        now.lastFailure(),
        now.problems(),
        now.warnings());
  }

  /// Ends scaling, so that another balancer takes over at once.
  void stopScaling() {
    ProxyScaling started = scaling;
    if (started != null) {
      started.close();
    }
  }

  @Override
  public void close() {
    stopScaling();
    follower.close();
  }
}
