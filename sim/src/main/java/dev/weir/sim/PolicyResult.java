package dev.weir.sim;

import java.util.List;

/// The result of a policy in a scenario. Response times run from arrival to response and cover
/// requests that succeeded and arrived after the warm-up; percentiles are exact.
///
/// @param policy its name
/// @param meanSeconds mean response time
/// @param p50Seconds median
/// @param p99Seconds 99th percentile
/// @param p999Seconds 99.9th percentile
/// @param utilisation share of the cores' time spent working; NaN if cores are endless
/// @param arrivals requests that came
/// @param completed requests that got a good response
/// @param errors requests that got an error response
/// @param refused requests that the balancer refused
/// @param failed requests that servers failed twice
/// @param cancelled requests that their client gave up
/// @param seconds virtual time until the last request ended
/// @param servers one row for each
public record PolicyResult(
    String policy,
    double meanSeconds,
    double p50Seconds,
    double p99Seconds,
    double p999Seconds,
    double utilisation,
    long arrivals,
    long completed,
    long errors,
    long refused,
    long failed,
    long cancelled,
    double seconds,
    List<ServerOutcome> servers) {
  /// One server's part.
  ///
  /// @param share of all responses
  /// @param utilisation of its cores; NaN if they are endless
  /// @param limit its slots at the end; 0 for any number, if the policy sets none, or if it has
  ///   left
  /// @param knee how many it can work on at once, above which more only wait inside it; 0 until
  ///   known
  /// @param limitReason the reason for the limit, in words; empty if it has left
  /// @param limitAgeSeconds how long it had held at the end
  /// @param errors its error responses
  public record ServerOutcome(
      double share,
      double utilisation,
      int limit,
      int knee,
      String limitReason,
      double limitAgeSeconds,
      long errors) {}
}
