package dev.weir.balance.policy;

import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/// Every policy there is.
public final class PickPolicies {
  private PickPolicies() {}

  /// Takes the free replica expected to finish first; requests wait while none is free.
  ///
  /// @param openShare the most that a replica with an open limit may have in flight; asked for each
  ///   pick
  public static PickPolicy fastestFree(IntSupplier openShare) {
    return new FastestFree(openShare);
  }

  /// Takes the replica that was picked longest ago.
  public static PickPolicy roundRobin() {
    return new RoundRobin();
  }

  /// Takes the replica with the fewest requests in flight.
  public static PickPolicy leastRequests() {
    return new LeastRequests();
  }

  /// Takes any replica.
  public static PickPolicy random(RandomGenerator random) {
    return new RandomChoice(random);
  }

  /// Draws two replicas at random and takes the one with fewer requests in flight.
  public static PickPolicy powerOfTwo(RandomGenerator random) {
    return new PowerOfTwo(random);
  }

  /// Draws two replicas at random and takes the one with the lower latency for its load.
  public static PickPolicy peakEwma(RandomGenerator random) {
    return new PeakEwma(random);
  }
}
