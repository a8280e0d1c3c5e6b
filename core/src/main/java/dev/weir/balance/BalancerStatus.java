package dev.weir.balance;

import java.util.List;

/// One balancer at one instant.
///
/// @param policy its policy's name
/// @param queued requests waiting
/// @param inFlight leases not ended
/// @param arrivals requests that arrived since the start
/// @param refusedFull arrivals refused because the queue was full
/// @param refusedDeadline arrivals refused at their deadline
/// @param refusedNoReplica arrivals refused because the service had no replica
/// @param cancelled arrivals that left the queue because their client went away
/// @param retries leases taken again after a failure
/// @param arrivalsPerSecond λ over the last 10 s
/// @param arrivalScv ca² over the last 60 s; NaN until known
/// @param serviceMeanSeconds S over the last 60 s, from lease to end; NaN until known
/// @param serviceScv cs² over the last 60 s; NaN until known
/// @param replicas one row for each
public record BalancerStatus(
    String policy,
    int queued,
    int inFlight,
    long arrivals,
    long refusedFull,
    long refusedDeadline,
    long refusedNoReplica,
    long cancelled,
    long retries,
    double arrivalsPerSecond,
    double arrivalScv,
    double serviceMeanSeconds,
    double serviceScv,
    List<ReplicaStatus> replicas) {

  /// One replica at one instant.
  ///
  /// @param id its name
  /// @param state "active", "ejected" or "draining"
  /// @param inFlight its leases not ended
  /// @param limit how many requests it may have in flight; 0 for any number
  /// @param knee how many it can work on at once, above which more only wait inside it; 0 until
  ///   known
  /// @param limitReason why the limit is what it is, in words
  /// @param limitAgeSeconds since when the limit holds, in seconds
  /// @param succeeded leases that ended well since the start
  /// @param failed leases that failed since the start
  /// @param serviceMeanSeconds its recent mean time from lease to end; NaN until known
  public record ReplicaStatus(
      String id,
      String state,
      int inFlight,
      int limit,
      int knee,
      String limitReason,
      double limitAgeSeconds,
      long succeeded,
      long failed,
      double serviceMeanSeconds) {}
}
