package dev.weir.sim;

import dev.weir.balance.BalancerStatus;

/// Keeps every response time and counts all other ends.
final class Responses {
  private final ResponseTimes times;
  private final int warmup;
  private int completed;
  private int errors;
  private int refused;
  private int failed;
  private int cancelled;

  Responses(Demand demand) {
    this.times = new ResponseTimes(demand.requests());
    this.warmup = demand.warmup();
  }

  ResponseTimes times() {
    return times;
  }

  int settled() {
    return completed + errors + refused + failed + cancelled;
  }

  void completed(int index, long responseNanos) {
    completed++;
    times.responded(index, responseNanos);
  }

  void erred() {
    errors++;
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

  PolicyResult outcome(String label, BalancerStatus status, Fleet fleet, long nowNanos) {
    LatencyFigures figures = times.figures(Math.min(warmup, times.size()), times.size());
    return new PolicyResult(
        label,
        figures.meanSeconds(),
        figures.p50Seconds(),
        figures.p99Seconds(),
        figures.p999Seconds(),
        fleet.utilisation(nowNanos),
        status.arrivals(),
        completed,
        errors,
        refused,
        failed,
        cancelled,
        nowNanos / 1e9,
        fleet.rows(status, nowNanos));
  }
}
