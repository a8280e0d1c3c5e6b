package dev.weir.cluster.ec2;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Time and chance, which tests shorten.
///
/// @param nanos a clock
/// @param pauses lets time pass
/// @param random spreads repeated calls
/// @param poll how often to look whether EC2 is ready
/// @param changeMax the longest to wait for a change of EC2, such as a machine that starts
/// @param consoleMax the longest to wait for host keys, which consoles show after minutes
/// @param retryMax the longest to repeat a call
record Timing(
    LongSupplier nanos,
    Pauses pauses,
    RandomGenerator random,
    Duration poll,
    Duration changeMax,
    Duration consoleMax,
    Duration retryMax) {

  /// Lets time pass.
  @FunctionalInterface
  interface Pauses {
    /// Returns after a time, or at once if the thread is interrupted.
    void pass(Duration time);
  }

  static Timing real(RandomGenerator random) {
    return new Timing(
        System::nanoTime,
        time -> LockSupport.parkNanos(time.toNanos()),
        random,
        Duration.ofSeconds(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(10),
        Duration.ofMinutes(3));
  }
}
