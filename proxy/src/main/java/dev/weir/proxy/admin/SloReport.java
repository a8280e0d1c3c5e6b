package dev.weir.proxy.admin;

import dev.weir.base.Ticker;
import dev.weir.proxy.client.WorkerClients;
import dev.weir.proxy.exchange.WorkerService;
import dev.weir.proxy.metric.RecentLatency;
import dev.weir.proxy.service.ServiceStatus;
import dev.weir.scale.Demand;
import dev.weir.scale.Prediction;
import dev.weir.scale.Predictor;
import dev.weir.scale.Promise;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Compares what services promise with what is predicted and with what was measured.
final class SloReport {
  private static final Predictor PREDICTOR = new Predictor();

  private final List<WorkerClients> workers;
  private final Ticker ticker;

  SloReport(List<WorkerClients> workers, Ticker ticker) {
    this.workers = workers;
    this.ticker = ticker;
  }

  /// The state of a service's promise; empty if it promises nothing.
  Optional<SloStatus> of(ServiceStatus service) {
    return Optional.ofNullable(service.promise()).map(promise -> status(service, promise));
  }

  private SloStatus status(ServiceStatus service, Promise promise) {
    Optional<Prediction> prediction = prediction(service);
    return new SloStatus(
        promise,
        prediction.map(now -> now.percentileSeconds(promise.percentile())).orElse(Double.NaN),
        prediction.map(Prediction::utilisation).orElse(Double.NaN),
        measuredSeconds(service.name(), promise));
  }

  private static Optional<Prediction> prediction(ServiceStatus service) {
    OptionalInt slots = service.balancer().slots();
    Optional<Demand> demand = service.demand();
    return slots.isEmpty()
        ? Optional.empty()
        : demand.map(known -> PREDICTOR.predict(known, 1, slots.getAsInt()));
  }

  private double measuredSeconds(String service, Promise promise) {
    return RecentLatency.quantileSeconds(counts(service), promise.share());
  }

  /// The response times of a service over the last minute, by [RecentLatency]'s buckets.
  long[] counts(String service) {
    long[] counts = new long[RecentLatency.BUCKETS];
    for (WorkerClients worker : workers) {
      WorkerService part = worker.services().byName().get(service);
      if (part != null) {
        part.recentLatency().addTo(counts, ticker.nanos());
      }
    }
    return counts;
  }
}
