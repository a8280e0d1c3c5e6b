package dev.weir.console.source;

import dev.weir.scale.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A service as all balancers together know it.
///
/// Arrivals, the queue, requests in flight and refusals add up, as do the counts of response times
/// that percentiles are taken from. The work of a request is that of the balancer with the most
/// arrivals. The part of a balancer that does not respond fades.
///
/// @param name its name
/// @param policy of the balancer with the most arrivals
/// @param promise the latency promised; empty for none
/// @param queued requests that wait
/// @param inFlight requests that replicas work on
/// @param refused requests that got a 503 without a replica
/// @param arrivals per second; NaN until known
/// @param gapScv burstiness, as the mean by arrivals; NaN until known
/// @param workSeconds mean work; NaN until known
/// @param workScv its squared coefficient of variation; NaN until known
/// @param serviceSeconds mean time from lease to end; NaN until known
/// @param latency response times of the last minute
/// @param replicas by the first letters of their task's id, or else by their whole id
/// @param scale its autoscaling, as the balancer that acts knows it
record ServiceLoadSeen(
    String name,
    String policy,
    Optional<Promise> promise,
    double queued,
    double inFlight,
    long refused,
    double arrivals,
    double gapScv,
    double workSeconds,
    double workScv,
    double serviceSeconds,
    LatencyCounts latency,
    Map<String, ReplicaFigures> replicas,
    ScaleFigures scale) {
  /// The parts of a service that balancers have.
  ///
  /// @param weight from 0 to 1
  private record Part(ServiceFigures figures, double weight) {
    double arrivals() {
      return Double.isNaN(figures.arrivals()) ? 0 : figures.arrivals() * weight;
    }
  }

  /// All services, by name.
  static Map<String, ServiceLoadSeen> of(List<BalancerSeen> balancers, long nowMillis) {
    var parts = new LinkedHashMap<String, List<Part>>();
    for (BalancerSeen balancer : balancers) {
      double weight = balancer.weight(nowMillis);
      for (ServiceFigures figures : balancer.status().services()) {
        if (weight > 0) {
          parts
              .computeIfAbsent(figures.name(), _ -> new ArrayList<>())
              .add(new Part(figures, weight));
        }
      }
    }
    var loads = new LinkedHashMap<String, ServiceLoadSeen>();
    parts.forEach((name, of) -> loads.put(name, merged(name, of)));
    return loads;
  }

  private static ServiceLoadSeen merged(String name, List<Part> parts) {
    double queued = 0;
    double inFlight = 0;
    double arrivals = 0;
    long refused = 0;
    LatencyCounts latency = LatencyCounts.NONE;
    var replicas = new LinkedHashMap<String, ReplicaFigures>();
    Part main = parts.getFirst();
    for (Part part : parts) {
      ServiceFigures one = part.figures;
      queued += one.queued() * part.weight;
      inFlight += one.inFlight() * part.weight;
      arrivals += part.arrivals();
      refused += one.refused();
      latency = latency.plus(one.latency(), part.weight);
      boolean isBetter = Double.isNaN(main.figures.workSeconds());
      main = isBetter || part.arrivals() > main.arrivals() ? known(part, main) : main;
      for (ReplicaFigures replica : one.replicas()) {
        replicas.merge(key(replica.id()), replica.part(part.weight), ReplicaFigures::plus);
      }
    }
    return new ServiceLoadSeen(
        name,
        main.figures.policy(),
        promise(parts),
        queued,
        inFlight,
        refused,
        parts.stream().allMatch(part -> Double.isNaN(part.figures.arrivals()))
            ? Double.NaN
            : arrivals,
        gapScv(parts),
        main.figures.workSeconds(),
        main.figures.workScv(),
        main.figures.serviceSeconds(),
        latency,
        replicas,
        scale(parts));
  }

  private static Part known(Part part, Part otherwise) {
    return Double.isNaN(part.figures.workSeconds()) ? otherwise : part;
  }

  /// The last component of a replica's id is the beginning of its task's id.
  static String key(String replicaId) {
    String last = replicaId.substring(replicaId.lastIndexOf('.') + 1);
    return last.matches("[0-9a-z]{12}") ? last : replicaId;
  }

  private static Optional<Promise> promise(List<Part> parts) {
    return parts.stream()
        .map(part -> part.figures.promise())
        .filter(text -> !text.isEmpty())
        .findFirst()
        .flatMap(ServiceLoadSeen::parsed);
  }

  /// A promise, if the text is one.
  static Optional<Promise> parsed(String text) {
    try {
      return Optional.of(Promise.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Variances of counts add up, so burstiness is the mean by arrivals.
  private static double gapScv(List<Part> parts) {
    double sum = 0;
    double weights = 0;
    for (Part part : parts) {
      if (!Double.isNaN(part.figures.gapScv())) {
        double weight = Math.max(part.arrivals(), 1e-9);
        sum += weight * part.figures.gapScv();
        weights += weight;
      }
    }
    return weights == 0 ? Double.NaN : sum / weights;
  }

  private static ScaleFigures scale(List<Part> parts) {
    return parts.stream()
        .map(part -> part.figures.scale())
        .filter(ScaleFigures::isActing)
        .findFirst()
        .orElseGet(() ->
            parts.stream()
                .map(part -> part.figures.scale())
                .filter(one -> !one.decisions().isEmpty())
                .findFirst()
                .orElse(ScaleFigures.NONE));
  }

  /// What predictions start from; empty until all of it is known.
  Optional<ServiceDemand> demand() {
    int slots = 0;
    int active = 0;
    for (ReplicaFigures replica : replicas.values()) {
      if (replica.isActive()) {
        slots += replica.slots();
        active += replica.slots() > 0 ? 1 : 0;
      }
    }
    boolean isKnown = active > 0 && arrivals > 0 && workSeconds > 0 && !Double.isNaN(workScv);
    double scv = Double.isNaN(gapScv) ? 1 : gapScv;
    return isKnown
        ? Optional.of(
            ServiceDemand.of(
                arrivals, scv, workSeconds, workScv, Math.max(1, slots / active), active))
        : Optional.empty();
  }
}
