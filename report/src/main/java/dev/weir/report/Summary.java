package dev.weir.report;

import dev.weir.run.Certificate;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The headline figures of one run.
///
/// Latencies count from the due time, for requests that succeeded. Failures are counted separately,
/// because a quick 503 would lower the latencies. Percentiles are exact, by nearest rank.
///
/// @param label the run's name in charts and tables
/// @param requests how many requests the record has
/// @param succeeded how many got a usable response
/// @param seconds from the first due time to the last response
/// @param scheduledPerSecond the scheduled rate
/// @param throughputPerSecond good responses per second
/// @param p50Millis half of the latencies are at most this
/// @param p95Millis 95 % of them are
/// @param p99Millis 99 % of them are
/// @param maxMillis the longest
/// @param meanMillis their mean
/// @param byReplica how many requests each replica served, by its name
/// @param failures how many requests failed, by reason
/// @param missing how many sent requests are not in the record, as after a full disk
/// @param verdict of the load's certificate; absent if the run was cut off
public record Summary(
    String label,
    long requests,
    long succeeded,
    double seconds,
    double scheduledPerSecond,
    double throughputPerSecond,
    double p50Millis,
    double p95Millis,
    double p99Millis,
    double maxMillis,
    double meanMillis,
    Map<String, Long> byReplica,
    Map<String, Long> failures,
    long missing,
    Optional<Certificate.Verdict> verdict) {

  /// The figures of a run under its own title.
  public static Summary of(RunRecord run) {
    return of(run, run.info().title());
  }

  /// The figures of a run under a label, to distinguish runs with the same title.
  static Summary of(RunRecord run, String label) {
    List<RequestRecord> requests = run.requests();
    Percentiles latency = latencies(requests);
    double seconds = seconds(requests);
    return new Summary(
        label,
        requests.size(),
        latency.count(),
        seconds,
        run.certificate().map(Certificate::scheduledPerSecond).orElse(duePerSecond(requests)),
        seconds > 0 ? latency.count() / seconds : Double.NaN,
        latency.millis(50),
        latency.millis(95),
        latency.millis(99),
        latency.maxMillis(),
        latency.meanMillis(),
        byReplica(requests),
        failures(requests),
        run.certificate().map(c -> Math.max(0, c.sent() - requests.size())).orElse(0L),
        run.certificate().map(Certificate::verdict));
  }

  /// How many requests got no usable response.
  public long failed() {
    return requests - succeeded;
  }

  /// The part of all served requests that one replica served, from 0 to 1.
  public double share(String replica) {
    long all = byReplica.values().stream().mapToLong(Long::longValue).sum();
    return all == 0 ? Double.NaN : (double) byReplica.getOrDefault(replica, 0L) / all;
  }

  /// Whether the run ended before its load was certified, as after a kill or a power cut.
  public boolean cutOff() {
    return verdict.isEmpty();
  }

  static Percentiles latencies(List<RequestRecord> requests) {
    return new Percentiles(
        requests.stream()
            .filter(RequestRecord::succeeded)
            .mapToLong(RequestRecord::latencyNanos)
            .toArray());
  }

  private static double seconds(List<RequestRecord> requests) {
    long first = requests.stream().mapToLong(RequestRecord::dueNanos).min().orElse(0);
    long last = requests.stream().mapToLong(RequestRecord::respondedNanos).max().orElse(0);
    return (last - first) / 1e9;
  }

  /// The rate of the recorded due times, for a run without a certificate.
  private static double duePerSecond(List<RequestRecord> requests) {
    long first = requests.stream().mapToLong(RequestRecord::dueNanos).min().orElse(0);
    long last = requests.stream().mapToLong(RequestRecord::dueNanos).max().orElse(0);
    return last > first ? (requests.size() - 1) / ((last - first) / 1e9) : Double.NaN;
  }

  private static Map<String, Long> byReplica(List<RequestRecord> requests) {
    var counts = new TreeMap<String, Long>();
    for (RequestRecord request : requests) {
      if (!request.replica().isEmpty()) {
        counts.merge(request.replica(), 1L, Long::sum);
      }
    }
    return counts;
  }

  private static Map<String, Long> failures(List<RequestRecord> requests) {
    var counts = new TreeMap<String, Long>();
    for (RequestRecord request : requests) {
      if (!request.succeeded()) {
        counts.merge(failure(request), 1L, Long::sum);
      }
    }
    return counts;
  }

  private static String failure(RequestRecord request) {
    if (!request.error().isEmpty()) {
      return request.error();
    }
    return request.status() == 0 ? "no response" : "status " + request.status();
  }
}
