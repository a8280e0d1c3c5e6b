package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of requests while a service rests without replicas, on virtual time.
final class ColdRuleTest extends BalancerFixture {
  private static final ColdRule RESTS = new ColdRule(true, 12 * SECOND, false);
  private static final ColdRule FAILED = new ColdRule(true, 12 * SECOND, true);

  @Test
  void aServiceThatRestsKeepsItsRequestsThoughItNeverHadAReplica() {
    Balancer<String> balancer = weir(10);
    arrive(balancer, 0, "early");
    balancer.cold(RESTS, 0);
    arrive(balancer, "1", "2");
    balancer.replicas(specs("a"), 5 * SECOND);
    end(balancer, "1", Outcome.SUCCEEDED, 6 * SECOND);
    assertThat(events).containsExactly("early NO_REPLICA", "1->a", "2->a");
  }

  @Test
  void requestsWaitForAReplicaAsLongAsTheHoldAndForASlotAsLongAsTheDeadline() {
    Balancer<String> balancer = weir(10);
    balancer.cold(RESTS, 0);
    arrive(balancer, 0, "1");
    arrive(balancer, SECOND, "2");
    arrive(balancer, SECOND, "3");
    balancer.tick(12 * SECOND - 1);
    assertThat(events).isEmpty();
    balancer.tick(12 * SECOND);
    assertThat(events).containsExactly("1 DEADLINE");
    balancer.replicas(specs("a"), 12 * SECOND);
    balancer.tick(31 * SECOND - 1);
    assertThat(events).containsExactly("1 DEADLINE", "2->a");
    balancer.tick(31 * SECOND);
    assertThat(events).containsExactly("1 DEADLINE", "2->a", "3 DEADLINE");
  }

  @Test
  void theDeadlineBoundsTheHold() {
    Balancer<String> balancer = weir(10);
    balancer.cold(new ColdRule(true, 90 * SECOND, false), 0);
    arrive(balancer, "1");
    balancer.tick(30 * SECOND);
    assertThat(events).containsExactly("1 DEADLINE");
  }

  @Test
  void aFailedStartRefusesThoseThatWaitAndThoseThatCome() {
    Balancer<String> balancer = weir(10);
    balancer.cold(RESTS, 0);
    arrive(balancer, "1", "2");
    balancer.cold(FAILED, SECOND);
    arrive(balancer, SECOND, "3");
    assertThat(events).containsExactly("1 START_FAILED", "2 START_FAILED", "3 START_FAILED");
    assertThat(balancer.status(SECOND).refusedStartFailed()).isEqualTo(3);
    balancer.cold(RESTS, 2 * SECOND);
    arrive(balancer, 2 * SECOND, "4");
    balancer.replicas(specs("a"), 3 * SECOND);
    assertThat(events).endsWith("4->a");
  }

  @Test
  void aReplicaThatStartsEndsTheFailure() {
    Balancer<String> balancer = weir(10);
    balancer.cold(FAILED, 0);
    balancer.replicas(specs("a"), SECOND);
    arrive(balancer, SECOND, "1");
    end(balancer, "1", Outcome.SUCCEEDED, SECOND);
    balancer.replicas(List.of(), 2 * SECOND);
    arrive(balancer, 2 * SECOND, "2");
    balancer.replicas(specs("b"), 3 * SECOND);
    assertThat(events).containsExactly("1->a", "2->b");
  }

  @Test
  void theRuleSaysNothingWhileThereAreReplicas() {
    Balancer<String> balancer = weir(10, "a");
    balancer.cold(FAILED, 0);
    arrive(balancer, "1", "2");
    balancer.tick(13 * SECOND);
    assertThat(events).containsExactly("1->a");
  }

  @Test
  void aHoldIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ColdRule(true, -1, false))
        .withMessage("hold: -1 (expected: >= 0)");
  }
}
