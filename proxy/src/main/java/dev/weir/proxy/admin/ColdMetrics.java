package dev.weir.proxy.admin;

import dev.weir.proxy.client.WorkerClients;
import dev.weir.proxy.exchange.ColdCount;
import dev.weir.proxy.exchange.WorkerService;
import dev.weir.proxy.service.ServiceStatus;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Objects;

/// The metrics of services that may have no replica.
final class ColdMetrics {
  private final MetricsPage pages;
  private final List<WorkerClients> workers;

  ColdMetrics(MetricsPage pages, List<WorkerClients> workers) {
    this.pages = pages;
    this.workers = workers;
  }

  /// Adds all of them, if there is such a service.
  void addTo(MetricSnapshots.Builder page, List<ServiceStatus> services) {
    List<ServiceStatus> resting = services.stream().filter(one -> one.zero() != null).toList();
    if (resting.isEmpty()) {
      return;
    }
    page.metricSnapshot(
        pages.histogram(
            "weir_cold_wait_seconds",
            "From a request's head to its lease, of requests that waited for a replica to start.",
            resting,
            workerService -> List.of(workerService.coldWait())));
    count(
        page,
        "weir_cold_not_woken",
        "Requests that came while there was no replica, and started none.",
        resting,
        ColdCount.NO_WAKE);
    count(
        page,
        "weir_cold_pages",
        "Waiting pages that browsers got while there was no replica.",
        resting,
        ColdCount.PAGES);
    new Gauges<>(page, resting, MetricsPage::labels)
        .add(
            "weir_idle_seconds",
            "How long no client has used the service; 0 while one does.",
            ServiceStatus::idleSeconds);
  }

  private void count(
      MetricSnapshots.Builder page,
      String name,
      String help,
      List<ServiceStatus> services,
      ColdCount what) {
    var counter = CounterSnapshot.builder().name(name).help(help);
    for (ServiceStatus service : services) {
      long count =
          workers.stream()
              .map(worker -> worker.services().byName().get(service.name()))
              .filter(Objects::nonNull)
              .map(WorkerService::coldCounts)
              .mapToLong(counts -> counts.get(what))
              .sum();
      counter.dataPoint(MetricsPage.point(count, MetricsPage.labels(service)));
    }
    page.metricSnapshot(counter.build());
  }
}
