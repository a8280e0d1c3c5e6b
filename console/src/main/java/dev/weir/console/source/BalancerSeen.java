package dev.weir.console.source;

/// A balancer, and what it said last.
///
/// @param name its name
/// @param address where its pages are; empty in this process
/// @param status what it said last
/// @param knownMillis when; 0 for never
/// @param failure why it does not respond now; empty if it does
record BalancerSeen(
    String name, String address, BalancerStatus status, long knownMillis, String failure) {
  private static final long FULL_MILLIS = 5_000;
  private static final long GONE_MILLIS = 30_000;

  /// How much of its figures still counts, from 1 to 0. While a balancer is away its requests are
  /// not gone at once, so its part fades rather than making every sum jump.
  double weight(long nowMillis) {
    if (knownMillis == 0) {
      return 0;
    }
    double age = Math.max(0, nowMillis - knownMillis - FULL_MILLIS);
    return Math.clamp(1 - age / (GONE_MILLIS - FULL_MILLIS), 0, 1);
  }
}
