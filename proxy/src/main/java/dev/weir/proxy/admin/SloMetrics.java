package dev.weir.proxy.admin;

import dev.weir.proxy.service.ServiceStatus;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;

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
    var gauges = new Gauges<>(page, rows, row -> MetricsPage.labels(row.service));
    gauges.add("weir_slo_seconds", "The latency promised.", row -> row.slo.promise().seconds());
    gauges.add(
        "weir_slo_predicted_seconds",
        "The promised percentile as predicted of arrivals, work and slots; NaN until known.",
        row -> row.slo.predictedSeconds());
    gauges.add(
        "weir_slo_measured_seconds",
        "The promised percentile over the last minute; NaN without responses.",
        row -> row.slo.measuredSeconds());
    gauges.add(
        "weir_slo_kept",
        "1 if the responses of the last minute kept the promise, else 0; NaN without responses.",
        row -> row.slo.isMeasured() ? row.slo.isKept() ? 1 : 0 : Double.NaN);
  }

  /// A service and the state of its promise.
  private record Row(ServiceStatus service, SloStatus slo) {}
}
