package dev.weir.proxy.admin;

import dev.weir.proxy.service.ServiceStatus;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The metrics of the services that promise a latency.
final class SloMetrics {
  private final List<Row> rows;

  SloMetrics(SloReport report, List<ServiceStatus> services) {
    rows =
        services.stream()
            .flatMap(service -> report.of(service).map(slo -> new Row(service, slo)).stream())
            .toList();
  }

  void addTo(MetricSnapshots.Builder page) {
    if (rows.isEmpty()) {
      return;
    }
    gauge(page, "weir_slo_seconds", "The latency promised.", slo -> slo.promise().seconds());
    gauge(
        page,
        "weir_slo_predicted_seconds",
        "The promised percentile as predicted of arrivals, work and slots; NaN until known.",
        SloStatus::predictedSeconds);
    gauge(
        page,
        "weir_slo_measured_seconds",
        "The promised percentile over the last minute; NaN without responses.",
        SloStatus::measuredSeconds);
    gauge(
        page,
        "weir_slo_kept",
        "1 if the responses of the last minute kept the promise, else 0; NaN without responses.",
        slo -> slo.isMeasured() ? slo.isKept() ? 1 : 0 : Double.NaN);
  }

  private void gauge(
      MetricSnapshots.Builder page, String name, String help, ToDoubleFunction<SloStatus> value) {
    var gauge = GaugeSnapshot.builder().name(name).help(help);
    for (Row row : rows) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .value(value.applyAsDouble(row.slo))
              .labels(MetricsPage.labels(row.service))
              .build());
    }
    page.metricSnapshot(gauge.build());
  }

  /// A service and the state of its promise.
  private record Row(ServiceStatus service, SloStatus slo) {}
}
