package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.scale.Demand;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The promise of a service in its balancer: late requests behind the others, and the measured
/// demand.
final class BalancerDemandTest extends BalancerFixture {
  /// S is 100 ms, so that a request of the promise of 1 s is late after 800 ms in the queue.
  @Test
  void lateRequestsGoBehindThoseThatCanBeOnTime() {
    var settings =
        new BalancerSettings(PolicySpec.WEIR, 10, 30 * SECOND, SECOND, 16)
            .with(new LimitSpec.Fixed(1))
            .with(new QueueSpec.LateLast(SECOND));
    var balancer = new Balancer<>(settings, this, new SplittableRandom(1));
    balancer.replicas(specs("a"), 0);
    arrive(balancer, 0, "1");
    end(balancer, "1", Outcome.SUCCEEDED, SECOND / 10);
    balancer.tick(SECOND / 10);
    arrive(balancer, SECOND, "2");
    arrive(balancer, SECOND, "old");
    arrive(balancer, 2 * SECOND - SECOND / 5, "older");
    arrive(balancer, 2 * SECOND, "new");
    end(balancer, "2", Outcome.SUCCEEDED, 2 * SECOND);
    assertThat(events).endsWith("older->a");
    end(balancer, "older", Outcome.SUCCEEDED, 2 * SECOND + SECOND / 10);
    assertThat(events).endsWith("new->a");
    end(balancer, "new", Outcome.SUCCEEDED, 2 * SECOND + SECOND / 5);
    assertThat(events).endsWith("old->a");
  }

  @Test
  void lateRequestsAreRefusedAtTheirDeadline() {
    var settings =
        new BalancerSettings(PolicySpec.WEIR, 10, 5 * SECOND, SECOND, 16)
            .with(new LimitSpec.Fixed(1))
            .with(new QueueSpec.LateLast(SECOND));
    var balancer = new Balancer<>(settings, this, new SplittableRandom(1));
    balancer.replicas(specs("a"), 0);
    balancer.tick(0);
    arrive(balancer, 0, "1");
    arrive(balancer, 1, "late");
    arrive(balancer, 2 * SECOND, "on time");
    end(balancer, "1", Outcome.SUCCEEDED, 2 * SECOND);
    assertThat(events).endsWith("on time->a");
    balancer.tick(5 * SECOND);
    assertThat(balancer.status(5 * SECOND).queued()).isEqualTo(1);
    balancer.tick(5 * SECOND + 1);
    assertThat(balancer.status(5 * SECOND).refusedDeadline()).isEqualTo(1);
  }

  /// Five requests at once each second, each with 50 ms of work.
  @Test
  void theDemandIsMeasured() {
    Balancer<String> balancer = weir(10, "a", "b", "c", "d", "e");
    assertThat(balancer.demand(0)).isEmpty();
    for (int second = 1; second <= 120; second++) {
      long now = second * SECOND;
      List<String> requests = List.of("1", "2", "3", "4", "5");
      requests.forEach(request -> arrive(balancer, now, request));
      for (String request : requests) {
        balancer.end(lease(request), Outcome.SUCCEEDED, now + SECOND / 20);
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
    // Every other bin of half a second has five: variance 6.25, mean 2.5. The gaps have an scv of
    // 4.
    assertThat(status.arrivalIdc()).isBetween(2.4, 2.7);
    assertThat(demand.gapScv()).isBetween(3.9, 4.1);
    assertThat(status.slots()).hasValue(5);
  }
}
