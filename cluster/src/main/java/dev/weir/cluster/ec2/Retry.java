package dev.weir.cluster.ec2;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/// Repeats calls that may be repeated, with growing pauses that are spread by chance, up to a time
/// limit.
///
/// "Full jitter": each pause is drawn from zero to a bound that doubles. Marc Brooker, "Exponential
/// Backoff And Jitter" (AWS, 2015).
final class Retry {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final int DOUBLINGS_MAX = 16;

  private final Timing timing;
  private final Stop stop;

  Retry(Timing timing, Stop stop) {
    this.timing = timing;
    this.stop = stop;
  }

  /// Makes a call until it succeeds.
  ///
  /// @param also problems for which this call is repeated, besides throttling and lost connections
  /// @throws SdkException of the last attempt, if the problem is another one or time is up
  <T> T call(Supplier<T> call, AwsProblem... also) throws Ec2Exception {
    Set<AwsProblem> repeated = EnumSet.of(AwsProblem.THROTTLED, AwsProblem.LOST);
    repeated.addAll(Set.of(also));
    long endNanos = timing.nanos().getAsLong() + timing.retryMax().toNanos();
    for (int attempt = 0; ; attempt++) {
      stop.check();
      try {
        return call.get();
      } catch (SdkException e) {
        if (!repeated.contains(AwsProblem.of(e)) || timing.nanos().getAsLong() >= endNanos) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  private void pause(int attempt) {
    long bound = Math.min(LONGEST.toNanos(), FIRST.toNanos() << Math.min(attempt, DOUBLINGS_MAX));
    timing.pauses().pass(Duration.ofNanos(timing.random().nextLong(bound)));
  }
}
