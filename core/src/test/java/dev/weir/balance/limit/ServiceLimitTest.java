package dev.weir.balance.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The limit of a service as a whole: learned from a bottleneck that its replicas share.
final class ServiceLimitTest {
  private static final double MEAN_NANOS = 20e6;

  private final ServiceLimit limit = new ServiceLimit(0);
  private final RandomGenerator random = new SplittableRandom(20_261_127);
  private long nowNanos;
  private int inFlight;
  private int waiting;

  @Test
  void itStartsOpen() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(limit.isFull()).isFalse();
      limit.begins(0);
    }
    assertThat(limit.why(0)).isEmpty();
  }

  /// Two connections to a database serve all replicas: the limit closes near two.
  @Test
  void aSharedBottleneckClosesIt() {
    play(2, 20_000);
    assertThat(limit.why(nowNanos)).startsWith("; the service as a whole is closed at ");
    assertThat(fullAt()).isBetween(2, 4);
  }

  @Test
  void withoutABottleneckItStaysOpen() {
    play(Integer.MAX_VALUE, 20_000);
    assertThat(limit.why(nowNanos)).isEmpty();
  }

  /// With other replicas the bottleneck may be another.
  @Test
  void newReplicasStartItAgain() {
    play(2, 20_000);
    limit.restart(nowNanos);
    assertThat(limit.why(nowNanos)).isEmpty();
    assertThat(limit.isFull()).isFalse();
  }

  @Test
  void veryVariableWorkLeavesItOpen() {
    play(2, 20_000);
    limit.shape(true, nowNanos);
    assertThat(limit.why(nowNanos)).isEmpty();
    limit.shape(false, nowNanos);
    assertThat(limit.why(nowNanos)).isNotEmpty();
  }

  /// How many requests it lets in.
  private int fullAt() {
    while (inFlight > 0) {
      limit.ends(true, nowNanos);
      inFlight--;
    }
    while (!limit.isFull()) {
      limit.begins(nowNanos);
      inFlight++;
    }
    return inFlight;
  }

  /// M/M/c at 90 % load; without a bottleneck ten requests in flight on average.
  private void play(int servers, int events) {
    double perServer = 1 / MEAN_NANOS;
    double arrivals = Math.min(10, .9 * servers) * perServer;
    for (int i = 0; i < events; i++) {
      double all = arrivals + Math.min(inFlight, servers) * perServer;
      nowNanos += (long) (-Math.log(1 - random.nextDouble()) / all);
      if (random.nextDouble() * all < arrivals) {
        waiting++;
      } else {
        limit.ends(true, nowNanos);
        inFlight--;
      }
      while (waiting > 0 && !limit.isFull()) {
        limit.begins(nowNanos);
        waiting--;
        inFlight++;
      }
      if (limit.isDue(nowNanos)) {
        limit.review(nowNanos);
      }
    }
  }
}
