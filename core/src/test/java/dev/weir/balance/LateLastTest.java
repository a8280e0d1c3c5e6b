package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Late requests wait behind those that can still be on time.
final class LateLastTest extends BalancerFixture {
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
}
