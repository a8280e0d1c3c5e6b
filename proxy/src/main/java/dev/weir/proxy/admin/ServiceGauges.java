package dev.weir.proxy.admin;

import dev.weir.proxy.service.ServiceStatus;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;

/// The metrics of what a service's balancer holds and has measured.
final class ServiceGauges {
  private ServiceGauges() {}

  /// Adds all of them.
  static void addTo(MetricSnapshots.Builder page, List<ServiceStatus> services) {
    var gauges = new Gauges<>(page, services, MetricsPage::labels);
    gauges.add("weir_queue_length", "Requests waiting for a slot.", now -> now.balancer().queued());
    gauges.add("weir_in_flight", "Leases not ended.", now -> now.balancer().inFlight());
    gauges.add(
        "weir_arrivals_per_second",
        "Arrival rate over the last 10 s.",
        now -> now.balancer().arrivalsPerSecond());
    gauges.add(
        "weir_arrival_scv",
        "Squared coefficient of variation of the gaps between arrivals over the last 60 s.",
        now -> now.balancer().arrivalScv());
    gauges.add(
        "weir_arrival_idc",
        "Index of dispersion for counts of arrivals in bins of about ten mean works.",
        now -> now.balancer().arrivalIdc());
    gauges.add(
        "weir_work_mean_seconds",
        "Mean recent work of a request, without what others cost it inside its replica.",
        now -> now.balancer().workMeanSeconds());
    gauges.add(
        "weir_work_scv",
        "Squared coefficient of variation of the work.",
        now -> now.balancer().workScv());
  }
}
