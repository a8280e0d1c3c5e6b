package dev.weir.sim.suite;

/// What a case is judged by. Each compares a value with a bound; the value must not be above it.
public enum Rule {
  /// The p99 from the first request on, as a ratio to least requests.
  P99("p99"),
  /// The mean from the first request on, as a ratio to least requests.
  MEAN("mean"),
  /// The p99 of the worst window of time, as a ratio to least requests in the same window.
  WINDOW("window"),
  /// The p99 of the second half of the requests, as a ratio to the best limit set by hand.
  STEADY("steady"),
  /// The p99 as a ratio to a figure of an earlier version.
  REFERENCE("reference"),
  /// The share of the requests that a replica gets while it responds with errors, in fair shares.
  ERROR_SHARE("error-share"),
  /// The p99 of the other replicas' responses, as a ratio to the same case in which the replica
  /// that errs has left.
  OTHERS("others");

  private final String label;

  Rule(String label) {
    this.label = label;
  }

  /// What tables call it.
  public String label() {
    return label;
  }
}
