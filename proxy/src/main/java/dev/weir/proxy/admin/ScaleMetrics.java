package dev.weir.proxy.admin;

import dev.weir.scale.ScaleReport;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.function.ToDoubleFunction;

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
    gauge(page, "weir_scale_min", "The least number of replicas allowed.", ScaleReport::min);
    gauge(page, "weir_scale_max", "The greatest number of replicas allowed.", ScaleReport::max);
    gauge(page, "weir_scale_desired", "Replicas that the swarm should run.", ScaleReport::desired);
    gauge(page, "weir_scale_ready", "Replicas that take requests.", ScaleReport::ready);
    gauge(
        page,
        "weir_scale_wanted",
        "Replicas that Weir decided on; NaN before the first decision.",
        ScaleMetrics::wanted);
    gauge(
        page,
        "weir_scale_predicted_seconds",
        "The promised percentile predicted with as many replicas as decided; NaN until known.",
        ScaleMetrics::predictedSeconds);
    gauge(
        page,
        "weir_scale_cold_start_seconds",
        "From creating a replica to its first connection; NaN until one was seen.",
        ScaleReport::coldStartSeconds);
    gauge(
        page,
        "weir_scale_acts",
        "1 if this balancer sets the number of replicas, else 0.",
        report -> flag(report.isActing()));
    gauge(page, "weir_scale_paused", "1 if paused, else 0.", report -> flag(report.paused()));
    gauge(
        page,
        "weir_scale_fault",
        "1 if the swarm cannot start a replica, else 0; /status says why.",
        report -> flag(!report.fault().isEmpty()));
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

  private void gauge(
      MetricSnapshots.Builder page, String name, String help, ToDoubleFunction<ScaleReport> value) {
    var gauge = GaugeSnapshot.builder().name(name).help(help);
    reports.forEach((service, report) ->
        gauge.dataPoint(
            GaugeDataPointSnapshot.builder()
                .value(value.applyAsDouble(report))
                .labels(Labels.of("service", service))
                .build()));
    page.metricSnapshot(gauge.build());
  }
}
