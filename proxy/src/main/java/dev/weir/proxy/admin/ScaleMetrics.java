package dev.weir.proxy.admin;

import dev.weir.scale.ScaleReport;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;

/// The metrics of autoscaling, of the services that have any.
final class ScaleMetrics {
  private final Map<String, ScaleReport> reports;

  /// @param reports by the service's name
  ScaleMetrics(Map<String, ScaleReport> reports) {
    this.reports = reports;
  }

  void addTo(MetricSnapshots.Builder page) {
    if (reports.isEmpty()) {
      return;
    }
    var gauges =
        new Gauges<>(
            page, List.copyOf(reports.entrySet()), row -> Labels.of("service", row.getKey()));
    gauges.add(
        "weir_scale_min", "The least number of replicas allowed.", row -> row.getValue().min());
    gauges.add(
        "weir_scale_max", "The greatest number of replicas allowed.", row -> row.getValue().max());
    gauges.add(
        "weir_scale_desired",
        "Replicas that the swarm should run.",
        row -> row.getValue().desired());
    gauges.add("weir_scale_ready", "Replicas that take requests.", row -> row.getValue().ready());
    gauges.add(
        "weir_scale_wanted",
        "Replicas that Weir decided on; NaN before the first decision.",
        row -> wanted(row.getValue()));
    gauges.add(
        "weir_scale_predicted_seconds",
        "The promised percentile predicted with as many replicas as decided; NaN until known.",
        row -> predictedSeconds(row.getValue()));
    gauges.add(
        "weir_scale_cold_start_seconds",
        "From creating a replica to its first connection; NaN until one was seen.",
        row -> row.getValue().coldStartSeconds());
    gauges.add(
        "weir_scale_acts",
        "1 if this balancer sets the number of replicas, else 0.",
        row -> flag(row.getValue().isActing()));
    gauges.add("weir_scale_paused", "1 if paused, else 0.", row -> flag(row.getValue().paused()));
    gauges.add(
        "weir_scale_fault",
        "1 if the swarm cannot start a replica, else 0; /status says why.",
        row -> flag(!row.getValue().fault().isEmpty()));
    decisions(page);
  }

  private void decisions(MetricSnapshots.Builder page) {
    var counter =
        CounterSnapshot.builder()
            .name("weir_scale_decisions")
            .help("Decisions since the start, by the term that they rest on.");
    reports.forEach((service, report) ->
        report
            .decisions()
            .forEach((term, count) ->
                counter.dataPoint(
                    MetricsPage.point(
                        count, Labels.of("service", service, "term", term.label())))));
    page.metricSnapshot(counter.build());
  }

  private static double flag(boolean truth) {
    return truth ? 1 : 0;
  }

  private static double wanted(ScaleReport report) {
    return report.latest().map(event -> (double) event.decision().replicas()).orElse(Double.NaN);
  }

  private static double predictedSeconds(ScaleReport report) {
    return report
        .latest()
        .map(event -> event.decision().outlook().sameSeconds())
        .orElse(Double.NaN);
  }
}
