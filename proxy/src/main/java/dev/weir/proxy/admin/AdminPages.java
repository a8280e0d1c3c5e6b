package dev.weir.proxy.admin;

import dev.weir.balance.BalancerStatus;
import dev.weir.balance.BalancerStatus.ReplicaStatus;
import dev.weir.base.JsonText;
import dev.weir.base.Ticker;
import dev.weir.proxy.client.ClientLimit;
import dev.weir.proxy.client.WorkerClients;
import dev.weir.proxy.http.Bytes;
import dev.weir.proxy.metric.RecentLatency;
import dev.weir.proxy.process.Watchdog;
import dev.weir.proxy.route.RouteRule;
import dev.weir.proxy.service.ServiceStatus;
import dev.weir.proxy.service.ZeroStatus;
import dev.weir.scale.ScaleReport;
import dev.weir.scale.ScaleTree;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The pages of the admin port: `/metrics` for Prometheus, `/status` for programs, `/scale` with
/// the history of autoscaling, `/health`.
public final class AdminPages {
  private final Supplier<List<ServiceStatus>> services;
  private final Supplier<@Nullable DiscoveryStatus> discovery;

  /// How many decisions `/status` shows of a service.
  private static final int DECISIONS_SHOWN = 10;

  private final Supplier<Map<String, ScaleReport>> scaling;
  private final MetricsPage metrics;
  private final SloReport slos;
  private final ClientLimit clientLimit;
  private final Ticker ticker;
  private final long startNanos;
  private final Watchdog watchdog;

  /// Tells this process from all others: a reader may reach it by several addresses.
  private final String instance = UUID.randomUUID().toString();

  public AdminPages(
      Supplier<List<ServiceStatus>> services,
      Supplier<@Nullable DiscoveryStatus> discovery,
      Supplier<Map<String, ScaleReport>> scaling,
      List<WorkerClients> workers,
      ClientLimit clientLimit,
      Watchdog watchdog,
      Ticker ticker) {
    this.services = services;
    this.discovery = discovery;
    this.scaling = scaling;
    this.clientLimit = clientLimit;
    this.watchdog = watchdog;
    this.ticker = ticker;
    startNanos = ticker.nanos();
    slos = new SloReport(workers, ticker);
    metrics = new MetricsPage(workers, clientLimit, slos);
  }

  private Page health() {
    return watchdog.isHealthy()
        ? new Page("text/plain; charset=utf-8", Bytes.of("ok\n"))
        : new Page(503, "text/plain; charset=utf-8", Bytes.of("an event loop does not serve\n"));
  }

  /// The page at `path`, or null.
  @Nullable Page page(String path) {
    return switch (path) {
      case "/metrics" ->
          new Page(
              MetricsPage.CONTENT_TYPE,
              metrics.render(services.get(), discovery.get(), scaling.get()));
      case "/status" ->
          new Page("application/json", JsonText.of(statusTree()).getBytes(StandardCharsets.UTF_8));
      case "/scale" ->
          new Page("application/json", JsonText.of(scaleTree()).getBytes(StandardCharsets.UTF_8));
      case "/health" -> health();
      default -> null;
    };
  }

  /// The text at `/status` or `/scale`, for readers within this process; null for other paths.
  public @Nullable String text(String path) {
    return switch (path) {
      case "/status" -> JsonText.of(statusTree());
      case "/scale" -> JsonText.of(scaleTree());
      default -> null;
    };
  }

  private Map<String, Object> statusTree() {
    List<ServiceStatus> now = services.get();
    String version = AdminPages.class.getPackage().getImplementationVersion();
    var tree = new LinkedHashMap<String, Object>();
    tree.put("version", version == null ? "development" : version);
    tree.put("instance", instance);
    tree.put("uptimeSeconds", (ticker.nanos() - startNanos) / 1e9);
    tree.put("connections", clientLimit.open());
    if (now.size() == 1 && now.getFirst().name().isEmpty()) {
      put(tree, now.getFirst());
    } else {
      tree.put("services", now.stream().map(this::serviceTree).toList());
    }
    DiscoveryStatus informed = discovery.get();
    if (informed != null) {
      tree.put("discovery", discoveryTree(informed));
    }
    return tree;
  }

  private Map<String, Object> scaleTree() {
    var services = new LinkedHashMap<String, Object>();
    scaling
        .get()
        .forEach(
            (name, report) -> services.put(name, ScaleTree.of(report, report.history().size())));
    return Map.of("services", services);
  }

  private Map<String, Object> serviceTree(ServiceStatus service) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", service.name());
    tree.put("routes", service.routes().stream().map(RouteRule::toString).toList());
    put(tree, service);
    return tree;
  }

  private static Map<String, Object> discoveryTree(DiscoveryStatus informed) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("source", informed.source());
    tree.put("staleSeconds", informed.staleSeconds());
    tree.put("asked", informed.asked());
    tree.put("failed", informed.failed());
    tree.put("lastFailure", informed.lastFailure());
    tree.put("problems", informed.problems());
    tree.put("warnings", informed.warnings());
    return tree;
  }

  private void put(Map<String, Object> tree, ServiceStatus service) {
    put(tree, service.balancer());
    tree.put("latency", RecentLatency.rows(slos.counts(service.name())));
    tree.put("idleSeconds", service.idleSeconds());
    ZeroStatus zero = service.zero();
    if (zero != null) {
      tree.put("zero", zeroTree(zero));
    }
    slos.of(service).ifPresent(slo -> tree.put("slo", sloTree(slo)));
    ScaleReport scaled = scaling.get().get(service.name());
    if (scaled != null) {
      tree.put("scale", ScaleTree.of(scaled, DECISIONS_SHOWN));
    }
  }

  private static Map<String, Object> zeroTree(ZeroStatus zero) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("state", zero.state());
    tree.put("holdSeconds", zero.holdSeconds());
    tree.put("reason", zero.reason());
    tree.put("waiting", zero.waiting());
    return tree;
  }

  private static Map<String, Object> sloTree(SloStatus slo) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("promise", slo.promise().text());
    tree.put("predictedSeconds", slo.predictedSeconds());
    tree.put("utilisation", slo.utilisation());
    tree.put("measuredSeconds", slo.measuredSeconds());
    tree.put("kept", slo.isMeasured() ? slo.isKept() : Double.NaN); // NaN is null
    return tree;
  }

  private static void put(Map<String, Object> tree, BalancerStatus now) {
    tree.put("policy", now.policy());
    tree.put("queued", now.queued());
    tree.put("inFlight", now.inFlight());
    tree.put("arrivals", now.arrivals());
    tree.put("refusedFull", now.refusedFull());
    tree.put("refusedDeadline", now.refusedDeadline());
    tree.put("refusedNoReplica", now.refusedNoReplica());
    tree.put("refusedStartFailed", now.refusedStartFailed());
    tree.put("cancelled", now.cancelled());
    tree.put("retries", now.retries());
    tree.put("arrivalsPerSecond", now.arrivalsPerSecond());
    tree.put("arrivalScv", now.arrivalScv());
    tree.put("arrivalIdc", now.arrivalIdc());
    tree.put("serviceMeanSeconds", now.serviceMeanSeconds());
    tree.put("serviceScv", now.serviceScv());
    tree.put("workMeanSeconds", now.workMeanSeconds());
    tree.put("workScv", now.workScv());
    tree.put("replicas", now.replicas().stream().map(AdminPages::replicaTree).toList());
  }

  private static Map<String, Object> replicaTree(ReplicaStatus replica) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", replica.id());
    tree.put("state", replica.state());
    tree.put("inFlight", replica.inFlight());
    tree.put("limit", replica.limit());
    tree.put("knee", replica.knee() == 0 ? Double.NaN : replica.knee()); // NaN is null
    tree.put("limitReason", replica.limitReason());
    tree.put("limitAgeSeconds", replica.limitAgeSeconds());
    tree.put("succeeded", replica.succeeded());
    tree.put("failed", replica.failed());
    tree.put("serviceMeanSeconds", replica.serviceMeanSeconds());
    return tree;
  }

  /// A page's status, media type and bytes.
  @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
  record Page(int status, String contentType, byte[] body) {
    Page(String contentType, byte[] body) {
      this(200, contentType, body);
    }
  }
}
