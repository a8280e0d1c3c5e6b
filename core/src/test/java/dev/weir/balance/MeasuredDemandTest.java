package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.scale.Demand;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a balancer measures of its service's demand.
class MeasuredDemandTest {
  private static final long SECOND = 1_000_000_000L;

  /// Five requests at once each second, each with 50 ms of work.
  @Test
  void theDemandIsMeasured() {
    var settings = BalancerSettings.of(PolicySpec.WEIR).with(new LimitSpec.Fixed(1));
    var balancer = new Balancer<>(settings, unused(), new SplittableRandom(1));
    balancer.replicas(IntStream.range(0, 5).mapToObj(i -> new ReplicaSpec("r" + i, 1)).toList(), 0);
    assertThat(balancer.demand(0)).isEmpty();
    for (int second = 1; second <= 120; second++) {
      long now = second * SECOND;
      for (Lease lease : Stream.generate(() -> lease(balancer, now)).limit(5).toList()) {
        balancer.end(lease, Outcome.SUCCEEDED, now + SECOND / 20);
      }
    }
    Demand demand = balancer.demand(120 * SECOND).orElseThrow();
    assertThat(demand.ratePerSecond()).isBetween(4.9, 5.1);
    assertThat(demand.work().meanSeconds()).isBetween(.0499, .0501);
    assertThat(demand.work().scv()).isLessThan(.001);
    assertThat(demand.work().quantile(.99)).isBetween(.048, .052);
    BalancerStatus status = balancer.status(120 * SECOND);
    assertThat(status.workMeanSeconds()).isEqualTo(demand.work().meanSeconds());
    assertThat(status.workScv()).isLessThan(.001);
    // Every other bin of half a second has five: variance 6.25, mean 2.5. The gaps' scv is 4.
    assertThat(status.arrivalIdc()).isBetween(2.4, 2.7);
    assertThat(demand.gapScv()).isBetween(3.9, 4.1);
    assertThat(status.slots()).hasValue(5);
  }

  private static Lease lease(Balancer<String> balancer, long nowNanos) {
    return (Lease) balancer.arrive("x", nowNanos);
  }

  /// No request is queued here, so none is called back.
  private static Dispatch<String> unused() {
    return new Dispatch<>() {
      @Override
      public void assigned(String request, Lease lease) {
        throw new IllegalStateException("queued: " + request);
      }

      @Override
      public void refused(String request, Refusal reason) {
        throw new IllegalStateException("queued: " + request);
      }
    };
  }
}
