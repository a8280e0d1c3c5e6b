package dev.weir.sim.suite;

/// A rule for judging a case. It compares a value with a bound, which the value must not exceed.
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
  /// The p99 of the other replicas' responses, as a ratio to the same case without the erring
  /// replica.
  OTHERS("others");

  private final String label;

  Rule(String label) {
    this.label = label;
  }

  /// Its name in tables.
  public String label() {
    return label;
  }
}
