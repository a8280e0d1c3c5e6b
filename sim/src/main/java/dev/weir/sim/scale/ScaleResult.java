package dev.weir.sim.scale;

import java.util.List;

/// What one rule made of one trace.
///
/// @param requests how many arrived
/// @param replicaSeconds the cost: from asking for a replica to the end of its last request
/// @param starts how many replicas were started
/// @param lateShare the part of the requests with a response after the promised time
/// @param badShare the part of the minutes in which fewer than the promised part were in time
/// @param worstWaitSeconds the longest wait for a slot
/// @param series what happened in each stretch of ten seconds
public record ScaleResult(
    int requests,
    double replicaSeconds,
    int starts,
    double lateShare,
    double badShare,
    double worstWaitSeconds,
    List<Point> series) {

  /// One stretch of time.
  ///
  /// @param seconds when it begins
  /// @param arrivalsPerSecond the rate of arrivals in it
  /// @param replicas how many were asked for at its end
  /// @param percentileSeconds the promised percentile of its requests' response times; NaN without
  ///   any
  public record Point(
      double seconds, double arrivalsPerSecond, int replicas, double percentileSeconds) {}
}
