package dev.weir.base;

import java.util.Map;

/// Names that changed. The former ones work for one more release, each with a line that says so;
/// docs/settings.md lists them.
public final class FormerNames {
  /// Options by command: `COMMAND --former`, and the option's present name.
  public static final Map<String, String> OPTIONS =
      Map.of(
          "balance --backend", "--replica",
          "balance --backend-lenient", "--replica-lenient",
          "simulate --told-cores", "--declared-cores");

  /// Labels of services.
  public static final Map<String, String> LABELS =
      Map.of("weir.backend.lenient", "weir.replica.lenient");

  /// Metrics, by their present names and without `_total`. `/metrics` has both.
  public static final Map<String, String> METRICS =
      Map.of(
          "weir_upstream_timeouts", "weir_backend_timeouts",
          "weir_upstream_connects", "weir_backend_connects",
          "weir_upstream_connect_failures", "weir_backend_connect_failures",
          "weir_responses_cut", "weir_answers_cut");

  private FormerNames() {}
}
