package dev.weir.proxy.admin;

import dev.weir.balance.BalancerStatus;
import dev.weir.proxy.service.ServiceStatus;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The metrics of what a service's balancer holds and has measured.
final class ServiceGauges {
  private ServiceGauges() {}

  /// Adds all of them.
  static void addTo(MetricSnapshots.Builder page, List<ServiceStatus> services) {
    perService(
        page, "weir_queue_length", "Requests waiting for a slot.", services, now -> now.queued());
    perService(page, "weir_in_flight", "Leases not ended.", services, now -> now.inFlight());
    perService(
        page,
        "weir_arrivals_per_second",
        "Arrival rate over the last 10 s.",
        services,
        BalancerStatus::arrivalsPerSecond);
    perService(
        page,
        "weir_arrival_scv",
        "Squared coefficient of variation of the gaps between arrivals over the last 60 s.",
        services,
        BalancerStatus::arrivalScv);
    perService(
        page,
        "weir_arrival_idc",
        "Index of dispersion for counts of arrivals in bins of about ten mean works.",
        services,
        BalancerStatus::arrivalIdc);
    perService(
        page,
        "weir_work_mean_seconds",
        "Mean recent work of a request, without what others cost it inside its replica.",
        services,
        BalancerStatus::workMeanSeconds);
    perService(
        page,
        "weir_work_scv",
        "Squared coefficient of variation of the work.",
        services,
        BalancerStatus::workScv);
  }

  private static void perService(
      MetricSnapshots.Builder page,
      String name,
      String help,
      List<ServiceStatus> services,
      ToDoubleFunction<BalancerStatus> value) {
    var gauge = GaugeSnapshot.builder().name(name).help(help);
    for (ServiceStatus service : services) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .value(value.applyAsDouble(service.balancer()))
              .labels(MetricsPage.labels(service))
              .build());
    }
    page.metricSnapshot(gauge.build());
  }
}
