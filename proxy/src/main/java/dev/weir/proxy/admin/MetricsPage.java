package dev.weir.proxy.admin;

import dev.weir.balance.BalancerStatus;
import dev.weir.balance.BalancerStatus.ReplicaStatus;
import dev.weir.base.FormerNames;
import dev.weir.proxy.admission.EarlyRelease;
import dev.weir.proxy.client.ClientLimit;
import dev.weir.proxy.client.WorkerClients;
import dev.weir.proxy.exchange.WorkerService;
import dev.weir.proxy.metric.LatencyHistogram;
import dev.weir.proxy.metric.WorkerCounters.Count;
import dev.weir.proxy.service.ServiceStatus;
import dev.weir.proxy.upstream.UpstreamPool;
import dev.weir.scale.ScaleReport;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The proxy's metrics in Prometheus' text format, summed over the event loops for each request.
///
/// Labels take few values: a service's or replica's name, a status class, a reason. Paths and
/// clients are no labels.
final class MetricsPage {
  static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private final List<WorkerClients> workers;
  private final ClientLimit clientLimit;
  private final SloReport slos;
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  MetricsPage(List<WorkerClients> workers, ClientLimit clientLimit, SloReport slos) {
    this.slos = slos;
    this.workers = workers;
    this.clientLimit = clientLimit;
  }

  byte[] render(
      List<ServiceStatus> services,
      @Nullable DiscoveryStatus discovery,
      Map<String, ScaleReport> scaling) {
    var page = MetricSnapshots.builder();
    page.metricSnapshot(responses(services));
    page.metricSnapshot(refusals(services));
    page.metricSnapshot(releases(services));
    page.metricSnapshot(
        histogram(
            "weir_latency_seconds",
            "From a request's head to the last byte of its response; to the head of an event stream.",
            services,
            workerService -> List.of(workerService.latency())));
    page.metricSnapshot(
        histogram(
            "weir_queue_wait_seconds",
            "From a request's head to its lease.",
            services,
            workerService -> List.of(workerService.queueWait())));
    page.metricSnapshot(
        histogram(
            "weir_service_seconds",
            "From lease to the last byte of the response, of leases that lasted until then.",
            services,
            workerService ->
                workerService.pools().values().stream().map(UpstreamPool::service).toList()));
    ServiceGauges.addTo(page, services);
    new SloMetrics(slos, services).addTo(page);
    new ScaleMetrics(scaling).addTo(page);
    new ColdMetrics(this, workers).addTo(page, services);
    replicas(page, services);
    gauge(page, "weir_connections", "Open client connections.", clientLimit.open());
    gauge(
        page,
        "weir_memory_used_bytes",
        "What clients make the proxy hold.",
        workers.stream().mapToDouble(worker -> worker.worker().memory().usedBytes()).sum());
    gauge(
        page,
        "weir_memory_max_bytes",
        "What clients may make the proxy hold.",
        workers.stream().mapToDouble(worker -> worker.worker().memory().maxBytes()).sum());
    gauge(
        page,
        "weir_tunnels",
        "Open tunnels, as of WebSockets.",
        (double) total(Count.TUNNELS_OPENED) - total(Count.TUNNELS_CLOSED));
    counters(page, services);
    if (discovery != null) {
      discovery(page, discovery);
    }
    var out = new ByteArrayOutputStream();
    try {
      writer.write(out, page.build(), EscapingScheme.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// The labels of a service's figures; the only service needs no name.
  static Labels labels(ServiceStatus service, String... more) {
    Labels own = Labels.of(more);
    return service.name().isEmpty() ? own : own.add("service", service.name());
  }

  private CounterSnapshot responses(List<ServiceStatus> services) {
    var counter =
        CounterSnapshot.builder()
            .name("weir_responses")
            .help("Responses of replicas, by status class.");
    for (ServiceStatus service : services) {
      List<WorkerService> workerServices = workerServices(service);
      for (ReplicaStatus replica : service.balancer().replicas()) {
        for (int statusClass = 1; statusClass <= 5; statusClass++) {
          long count = 0;
          for (WorkerService workerService : workerServices) {
            UpstreamPool pool = workerService.pool(replica.id());
            count += pool == null ? 0 : pool.responses(statusClass);
          }
          counter.dataPoint(
              point(count, labels(service, "replica", replica.id(), "code", statusClass + "xx")));
        }
      }
    }
    return counter.build();
  }

  private List<WorkerService> workerServices(ServiceStatus service) {
    return workers.stream()
        .map(worker -> worker.services().byName().get(service.name()))
        .filter(Objects::nonNull)
        .toList();
  }

  private static CounterSnapshot refusals(List<ServiceStatus> services) {
    var counter =
        CounterSnapshot.builder()
            .name("weir_refused")
            .help("Requests that got a 503 without a replica, by reason.");
    for (ServiceStatus service : services) {
      BalancerStatus now = service.balancer();
      counter
          .dataPoint(point(now.refusedFull(), labels(service, "reason", "queue-full")))
          .dataPoint(point(now.refusedDeadline(), labels(service, "reason", "deadline")))
          .dataPoint(point(now.refusedNoReplica(), labels(service, "reason", "no-replica")))
          .dataPoint(point(now.refusedStartFailed(), labels(service, "reason", "start-failed")));
    }
    return counter.build();
  }

  private CounterSnapshot releases(List<ServiceStatus> services) {
    var counter =
        CounterSnapshot.builder()
            .name("weir_leases_released")
            .help("Leases that ended before their response, by reason.");
    for (ServiceStatus service : services) {
      List<WorkerService> workerServices = workerServices(service);
      for (EarlyRelease why : EarlyRelease.values()) {
        long count =
            workerServices.stream()
                .mapToLong(workerService -> workerService.releases().get(why))
                .sum();
        counter.dataPoint(point(count, labels(service, "reason", why.label())));
      }
    }
    return counter.build();
  }

  HistogramSnapshot histogram(
      String name,
      String help,
      List<ServiceStatus> services,
      Function<WorkerService, List<LatencyHistogram>> parts) {
    var histogram = HistogramSnapshot.builder().name(name).help(help);
    for (ServiceStatus service : services) {
      List<LatencyHistogram> all =
          workerServices(service).stream()
              .flatMap(workerService -> parts.apply(workerService).stream())
              .toList();
      histogram.dataPoint(sum(all, labels(service)));
    }
    return histogram.build();
  }

  private static HistogramDataPointSnapshot sum(List<LatencyHistogram> parts, Labels labels) {
    var counts = new long[LatencyHistogram.BUCKETS];
    double sumSeconds = 0;
    for (LatencyHistogram part : parts) {
      part.addTo(counts);
      sumSeconds += part.sumSeconds();
    }
    var buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < counts.length; i++) {
      buckets.bucket(LatencyHistogram.upperSeconds(i), counts[i]);
    }
    return HistogramDataPointSnapshot.builder()
        .classicHistogramBuckets(buckets.build())
        .sum(sumSeconds)
        .labels(labels)
        .build();
  }

  private static void replicas(MetricSnapshots.Builder page, List<ServiceStatus> services) {
    perReplica(page, "weir_replica_in_flight", "Leases not ended.", services, r -> r.inFlight());
    perReplica(page, "weir_replica_limit", "Slots; 0 for no limit.", services, r -> r.limit());
    perReplica(
        page,
        "weir_replica_knee",
        "Requests it can work on before more only wait inside it; 0 until known.",
        services,
        r -> r.knee());
    perReplica(
        page,
        "weir_replica_limit_age_seconds",
        "How long the limit has been what it is.",
        services,
        r -> r.limitAgeSeconds());
    limitReasons(page, services);
    perReplica(
        page,
        "weir_replica_active",
        "1 for a replica that takes requests, 0 for one ejected or draining.",
        services,
        r -> r.state().equals("active") ? 1 : 0);
    perReplica(
        page,
        "weir_replica_failed_leases",
        "Leases that failed since the start.",
        services,
        r -> r.failed());
  }

  /// The reason is the first word of what `/status` says, so it takes few values.
  private static void limitReasons(MetricSnapshots.Builder page, List<ServiceStatus> services) {
    var gauge =
        GaugeSnapshot.builder()
            .name("weir_replica_limit_info")
            .help("1; the label says why the limit is what it is.");
    for (ServiceStatus service : services) {
      for (ReplicaStatus replica : service.balancer().replicas()) {
        String reason = replica.limitReason().replaceFirst("\\W.*", "");
        gauge.dataPoint(
            GaugeDataPointSnapshot.builder()
                .value(1)
                .labels(labels(service, "replica", replica.id(), "reason", reason))
                .build());
      }
    }
    page.metricSnapshot(gauge.build());
  }

  private static void discovery(MetricSnapshots.Builder page, DiscoveryStatus now) {
    gauge(
        page,
        "weir_discovery_stale_seconds",
        "Age of what is known of services and replicas.",
        now.staleSeconds());
    gauge(
        page,
        "weir_discovery_problems",
        "Mistakes in the configuration of services.",
        now.problems().size());
    counter(page, "weir_discovery_polls", "Times the swarm was asked.", now.asked());
    counter(page, "weir_discovery_failures", "Times the swarm did not respond.", now.failed());
  }

  private static void gauge(MetricSnapshots.Builder page, String name, String help, double value) {
    page.metricSnapshot(
        GaugeSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
            .build());
  }

  private static void perReplica(
      MetricSnapshots.Builder page,
      String name,
      String help,
      List<ServiceStatus> services,
      ToDoubleFunction<ReplicaStatus> value) {
    var gauge = GaugeSnapshot.builder().name(name).help(help);
    for (ServiceStatus service : services) {
      for (ReplicaStatus replica : service.balancer().replicas()) {
        gauge.dataPoint(
            GaugeDataPointSnapshot.builder()
                .value(value.applyAsDouble(replica))
                .labels(labels(service, "replica", replica.id()))
                .build());
      }
    }
    page.metricSnapshot(gauge.build());
  }

  private void counters(MetricSnapshots.Builder page, List<ServiceStatus> services) {
    count(page, "weir_requests", "Requests that arrived.", services, BalancerStatus::arrivals);
    count(
        page,
        "weir_retries",
        "Requests sent to another replica.",
        services,
        BalancerStatus::retries);
    count(
        page,
        "weir_cancelled",
        "Clients that left while they waited.",
        services,
        BalancerStatus::cancelled);
    for (Count what : Count.values()) {
      if (what != Count.TUNNELS_CLOSED) {
        counter(page, what.metric(), what.help(), total(what));
        String former = FormerNames.METRICS.get(what.metric());
        if (former != null) {
          counter(page, former, "Former name of " + what.metric() + "_total.", total(what));
        }
      }
    }
  }

  private static void count(
      MetricSnapshots.Builder page,
      String name,
      String help,
      List<ServiceStatus> services,
      ToLongFunction<BalancerStatus> value) {
    var counter = CounterSnapshot.builder().name(name).help(help);
    for (ServiceStatus service : services) {
      counter.dataPoint(point(value.applyAsLong(service.balancer()), labels(service)));
    }
    page.metricSnapshot(counter.build());
  }

  private static void counter(MetricSnapshots.Builder page, String name, String help, long value) {
    page.metricSnapshot(
        CounterSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(point(value, Labels.EMPTY))
            .build());
  }

  static CounterDataPointSnapshot point(long value, Labels labels) {
    return CounterDataPointSnapshot.builder().value((double) value).labels(labels).build();
  }

  private long total(Count what) {
    return clientLimit.counters().get(what)
        + workers.stream().mapToLong(worker -> worker.worker().counters().get(what)).sum();
  }
}
