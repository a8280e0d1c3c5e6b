package dev.weir.proxy;

import dev.weir.balance.BalancerStatus;
import dev.weir.balance.BalancerStatus.ReplicaStatus;
import dev.weir.proxy.Tally.Count;
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
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// The proxy's metrics in Prometheus' text format, summed over the event loops when asked for.
///
/// Labels take few values: a replica's name, a status class, a reason. No path, no client.
final class MetricsPage {
  static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;
  private static final int BUCKETS = Buckets.BOUNDS_SECONDS.length + 1;

  private final List<Lane> lanes;
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  MetricsPage(List<Lane> lanes) {
    this.lanes = lanes;
  }

  byte[] render(BalancerStatus status, int connections) {
    var page = MetricSnapshots.builder();
    page.metricSnapshot(answers(status));
    page.metricSnapshot(refusals(status));
    page.metricSnapshot(
        histogram(
            "weir_latency_seconds",
            "From a request's head to the last byte of its answer.",
            lane -> List.of(lane.tally().latency())));
    page.metricSnapshot(
        histogram(
            "weir_queue_wait_seconds",
            "From a request's head to its lease.",
            lane -> List.of(lane.tally().queueWait())));
    page.metricSnapshot(
        histogram(
            "weir_service_seconds",
            "From lease to the last byte of the answer.",
            lane -> lane.pools().values().stream().map(ReplicaPool::service).toList()));
    gauges(page, status, connections);
    counters(page, status);
    var out = new ByteArrayOutputStream();
    try {
      writer.write(out, page.build(), EscapingScheme.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private CounterSnapshot answers(BalancerStatus status) {
    var counter =
        CounterSnapshot.builder()
            .name("weir_responses")
            .help("Answers of replicas, by status class.");
    for (ReplicaStatus replica : status.replicas()) {
      for (int statusClass = 1; statusClass <= 5; statusClass++) {
        long count = 0;
        for (Lane lane : lanes) {
          ReplicaPool pool = lane.pool(replica.id());
          count += pool == null ? 0 : pool.answers(statusClass);
        }
        counter.dataPoint(
            point(count, Labels.of("replica", replica.id(), "code", statusClass + "xx")));
      }
    }
    return counter.build();
  }

  private static CounterSnapshot refusals(BalancerStatus status) {
    return CounterSnapshot.builder()
        .name("weir_refused")
        .help("Requests answered 503 without a replica, by reason.")
        .dataPoint(point(status.refusedFull(), Labels.of("reason", "queue-full")))
        .dataPoint(point(status.refusedDeadline(), Labels.of("reason", "deadline")))
        .dataPoint(point(status.refusedNoReplica(), Labels.of("reason", "no-replica")))
        .build();
  }

  private HistogramSnapshot histogram(
      String name, String help, Function<Lane, List<Buckets>> parts) {
    var counts = new long[BUCKETS];
    double sumSeconds = 0;
    for (Lane lane : lanes) {
      for (Buckets part : parts.apply(lane)) {
        part.addTo(counts);
        sumSeconds += part.sumSeconds();
      }
    }
    var buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < BUCKETS; i++) {
      boolean last = i == BUCKETS - 1;
      buckets.bucket(last ? Double.POSITIVE_INFINITY : Buckets.BOUNDS_SECONDS[i], counts[i]);
    }
    return HistogramSnapshot.builder()
        .name(name)
        .help(help)
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(sumSeconds)
                .build())
        .build();
  }

  private void gauges(MetricSnapshots.Builder page, BalancerStatus status, int connections) {
    gauge(page, "weir_queue_length", "Requests waiting for a slot.", status.queued());
    gauge(page, "weir_in_flight", "Leases not ended.", status.inFlight());
    gauge(page, "weir_connections", "Open client connections.", connections);
    gauge(
        page,
        "weir_tunnels",
        "Open tunnels, as of WebSockets.",
        (double) total(Count.TUNNELS_OPENED) - total(Count.TUNNELS_CLOSED));
    gauge(
        page,
        "weir_arrivals_per_second",
        "Arrival rate over the last 10 s.",
        status.arrivalsPerSecond());
    gauge(
        page,
        "weir_arrival_scv",
        "Squared coefficient of variation of the gaps between arrivals over the last 60 s.",
        status.arrivalScv());
    page.metricSnapshot(
        perReplica("weir_replica_in_flight", "Leases not ended.", status, r -> r.inFlight()));
    page.metricSnapshot(
        perReplica("weir_replica_limit", "Slots; 0 for no limit.", status, r -> r.limit()));
    page.metricSnapshot(
        perReplica(
            "weir_replica_active",
            "1 for a replica that takes requests, 0 for one ejected or draining.",
            status,
            r -> r.state().equals("active") ? 1 : 0));
    page.metricSnapshot(
        perReplica(
            "weir_replica_failed_leases",
            "Leases that failed since the start.",
            status,
            r -> r.failed()));
  }

  private static void gauge(MetricSnapshots.Builder page, String name, String help, double value) {
    page.metricSnapshot(
        GaugeSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
            .build());
  }

  private static GaugeSnapshot perReplica(
      String name, String help, BalancerStatus status, ToDoubleFunction<ReplicaStatus> value) {
    var gauge = GaugeSnapshot.builder().name(name).help(help);
    for (ReplicaStatus replica : status.replicas()) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .value(value.applyAsDouble(replica))
              .labels(Labels.of("replica", replica.id()))
              .build());
    }
    return gauge.build();
  }

  private void counters(MetricSnapshots.Builder page, BalancerStatus status) {
    counter(page, "weir_requests", "Requests that arrived.", status.arrivals());
    counter(page, "weir_retries", "Requests sent to another replica.", status.retries());
    counter(page, "weir_cancelled", "Clients that left while they waited.", status.cancelled());
    for (Count what : Count.values()) {
      switch (what) {
        case TUNNELS_CLOSED -> {}
        case ACCEPTED,
            CROWDED_OUT,
            CLOSED,
            BYTES_FROM_CLIENTS,
            BYTES_TO_CLIENTS,
            MALFORMED,
            CLIENT_TIMEOUTS,
            BACKEND_TIMEOUTS,
            BAD_GATEWAY,
            CLIENT_GONE,
            CUT_SHORT,
            RESENT,
            BACKEND_CONNECTS,
            BACKEND_CONNECT_FAILURES,
            TUNNELS_OPENED ->
            counter(page, what.metric(), what.help(), total(what));
      }
    }
  }

  private static void counter(MetricSnapshots.Builder page, String name, String help, long value) {
    page.metricSnapshot(
        CounterSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(point(value, Labels.EMPTY))
            .build());
  }

  private static CounterDataPointSnapshot point(long value, Labels labels) {
    return CounterDataPointSnapshot.builder().value((double) value).labels(labels).build();
  }

  private long total(Count what) {
    return lanes.stream().mapToLong(lane -> lane.tally().get(what)).sum();
  }
}
