package dev.weir.proxy.admin;

import dev.weir.scale.Promise;

/// How a service keeps its promise of latency at one instant.
///
/// @param promise what is promised
/// @param predictedSeconds the percentile that is predicted of the demand and the slots there are:
///   infinite if the load exceeds them, NaN while either is unknown
/// @param utilisation the part of the slots that is busy on average; NaN while unknown
/// @param measuredSeconds the percentile over the last minute; NaN without responses
record SloStatus(
    Promise promise, double predictedSeconds, double utilisation, double measuredSeconds) {
  /// Whether there were responses in the last minute.
  boolean isMeasured() {
    return !Double.isNaN(measuredSeconds);
  }

  /// Whether the responses of the last minute kept it.
  boolean isKept() {
    return measuredSeconds <= promise.seconds();
  }
}
