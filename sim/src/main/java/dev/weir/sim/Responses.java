package dev.weir.sim;

import dev.weir.balance.BalancerStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Collects every response time and counts what became of the rest.
final class Responses {
  private final long[] nanos;
  private final int warmup;
  private int size;
  private int completed;
  private int refused;
  private int failed;
  private int cancelled;

  Responses(int requests, int warmup) {
    this.nanos = new long[requests - warmup];
    this.warmup = warmup;
  }

  int settled() {
    return completed + refused + failed + cancelled;
  }

  void completed(int index, long responseNanos) {
    completed++;
    if (index >= warmup) {
      nanos[size++] = responseNanos;
    }
  }

  void refused() {
    refused++;
  }

  void failed() {
    failed++;
  }

  void cancelled() {
    cancelled++;
  }

  Outcome outcome(BalancerStatus status, List<Server> servers, long nowNanos) {
    Arrays.sort(nanos, 0, size);
    double busy = servers.stream().mapToDouble(Server::coreNanos).sum();
    double cores = servers.stream().mapToDouble(Server::cores).sum();
    return new Outcome(
        status.policy(),
        Arrays.stream(nanos, 0, size).average().orElse(Double.NaN) / 1e9,
        percentileSeconds(0.5),
        percentileSeconds(0.99),
        percentileSeconds(0.999),
        utilisation(busy, cores, nowNanos),
        status.arrivals(),
        completed,
        refused,
        failed,
        cancelled,
        nowNanos / 1e9,
        rows(status, servers, nowNanos));
  }

  private List<Outcome.ServerOutcome> rows(
      BalancerStatus status, List<Server> servers, long nowNanos) {
    var rows = new ArrayList<Outcome.ServerOutcome>();
    for (int i = 0; i < servers.size(); i++) {
      Server server = servers.get(i);
      rows.add(
          new Outcome.ServerOutcome(
              completed == 0 ? 0 : (double) server.served() / completed,
              utilisation(server.coreNanos(), server.cores(), nowNanos),
              status.replicas().get(i).limit()));
    }
    return rows;
  }

  private static double utilisation(double busyNanos, double cores, long nowNanos) {
    return Double.isInfinite(cores) ? Double.NaN : busyNanos / (cores * nowNanos);
  }

  /// The least value that a share of `fraction` does not exceed; NaN without values.
  private double percentileSeconds(double fraction) {
    if (size == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(fraction * size);
    return nanos[Math.clamp(rank, 1, size) - 1] / 1e9;
  }
}
