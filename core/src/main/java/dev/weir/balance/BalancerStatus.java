package dev.weir.balance;

import java.util.List;
import java.util.OptionalInt;

/// One balancer at one instant.
///
/// @param policy its policy's name
/// @param queued requests waiting
/// @param inFlight leases not ended
/// @param arrivals requests that arrived since the start
/// @param refusedFull arrivals refused because the queue was full
/// @param refusedDeadline arrivals refused at their deadline
/// @param refusedNoReplica arrivals refused because the service had no replica
/// @param refusedStartFailed arrivals refused because the replica that was to serve them cannot be
///   started
/// @param cancelled arrivals that left the queue because their client went away
/// @param retries leases taken again after a failure
/// @param arrivalsPerSecond λ over the last 10 s
/// @param arrivalScv ca² over the last 60 s; NaN until known
/// @param arrivalIdc index of dispersion for counts in bins of about ten mean works; NaN until
///   known
/// @param serviceMeanSeconds mean time over the last 60 s, from lease to end; NaN until known
/// @param serviceScv squared coefficient of variation of that time; NaN until known
/// @param workMeanSeconds S: mean work of a request over the last minute, without what others cost
///   it inside its replica; NaN until known
/// @param workScv cs² of the work, relative to each replica's own mean; NaN until known
/// @param replicas one row for each
public record BalancerStatus(
    String policy,
    int queued,
    int inFlight,
    long arrivals,
    long refusedFull,
    long refusedDeadline,
    long refusedNoReplica,
    long refusedStartFailed,
    long cancelled,
    long retries,
    double arrivalsPerSecond,
    double arrivalScv,
    double arrivalIdc,
    double serviceMeanSeconds,
    double serviceScv,
    double workMeanSeconds,
    double workScv,
    List<ReplicaStatus> replicas) {

  /// How many requests its active replicas work on at once at full speed: of each the knee, or else
  /// its limit. Empty while one has neither, or if there is no active replica.
  public OptionalInt slots() {
    int slots = 0;
    for (ReplicaStatus replica : replicas) {
      if (replica.isActive()) {
        if (replica.slots() == 0) {
          return OptionalInt.empty();
        }
        slots += replica.slots();
      }
    }
    return slots == 0 ? OptionalInt.empty() : OptionalInt.of(slots);
  }

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
      double serviceMeanSeconds) {

    /// Whether it takes new requests.
    public boolean isActive() {
      return state.equals("active");
    }

    /// How many requests it works on at once at full speed; 0 until known.
    public int slots() {
      return knee > 0 ? knee : limit;
    }
  }
}
