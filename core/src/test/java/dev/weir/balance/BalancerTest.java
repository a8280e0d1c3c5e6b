package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The queue, leases, membership and ejection, on virtual time.
final class BalancerTest implements Dispatch<String> {
  private static final long SECOND = 1_000_000_000L;

  private final Map<String, Lease> leases = new HashMap<>();
  private final List<String> events = new ArrayList<>();

  @Override
  public void assigned(String request, Lease lease) {
    leases.put(request, lease);
    events.add(request + "->" + lease.replica().id());
  }

  @Override
  public void refused(String request, Refusal reason) {
    events.add(request + " " + reason);
  }

  @Test
  void whatFindsNoSlotWaitsItsTurn() {
    Balancer<String> balancer = weir(10, "a");
    arrive(balancer, "1", "2", "3");
    end(balancer, "1", Outcome.SUCCEEDED, 1);
    end(balancer, "2", Outcome.SUCCEEDED, 2);
    assertThat(events).containsExactly("1->a", "2->a", "3->a");
    assertThat(balancer.status(3).queued()).isZero();
  }

  @Test
  void aFullQueueRefuses() {
    arrive(weir(1, "a"), "1", "2", "3");
    assertThat(events).containsExactly("1->a", "3 QUEUE_FULL");
  }

  @Test
  void aRequestPastItsDeadlineIsRefused() {
    Balancer<String> balancer = weir(10, "a");
    arrive(balancer, "1", "2");
    balancer.tick(30 * SECOND - 1);
    assertThat(events).containsExactly("1->a");
    balancer.tick(30 * SECOND);
    assertThat(events).containsExactly("1->a", "2 DEADLINE");
  }

  @Test
  void aPastDeadlineIsNotServedEvenWithoutATick() {
    Balancer<String> balancer = weir(10, "a");
    arrive(balancer, "1", "2");
    end(balancer, "1", Outcome.SUCCEEDED, 31 * SECOND);
    assertThat(events).containsExactly("1->a", "2 DEADLINE");
  }

  @Test
  void aCancelledRequestFreesItsPlace() {
    Balancer<String> balancer = weir(2, "a");
    arrive(balancer, "1");
    Ticket second = (Ticket) balancer.arrive("2", 0);
    Ticket third = (Ticket) balancer.arrive("3", 0);
    assertThat(balancer.cancel(second, 1)).isTrue();
    assertThat(balancer.cancel(second, 1)).isFalse();
    arrive(balancer, "4");
    end(balancer, "1", Outcome.SUCCEEDED, 2);
    assertThat(events).containsExactly("1->a", "3->a");
    assertThat(balancer.cancel(third, 3)).isFalse();
    assertThat(balancer.status(2).cancelled()).isEqualTo(1);
  }

  @Test
  void aRetryGoesFirstAndElsewhere() {
    Balancer<String> balancer = weir(10, "a", "b");
    arrive(balancer, "1", "2", "3");
    Replica failed = lease("1").replica();
    Replica other = lease("2").replica();
    end(balancer, "1", Outcome.FAILED, 1);
    settle("1", balancer.retry("1", failed, 1));
    end(balancer, "2", Outcome.SUCCEEDED, 2);
    assertThat(lease("1").replica()).isSameAs(other);
    assertThat(events).containsExactly("1->a", "2->b", "1->b");
  }

  @Test
  void aRetryGoesToTheSameIfThereIsNoOther() {
    Balancer<String> balancer = weir(10, "a");
    arrive(balancer, "1");
    end(balancer, "1", Outcome.FAILED, 1);
    settle("1", balancer.retry("1", lease("1").replica(), 1));
    assertThat(events).containsExactly("1->a", "1->a");
  }

  @Test
  void aLeaseEndsOnce() {
    Balancer<String> balancer = weir(10, "a");
    arrive(balancer, "1");
    Lease lease = lease("1");
    balancer.end(lease, Outcome.SUCCEEDED, 1);
    assertThatIllegalStateException()
        .isThrownBy(() -> balancer.end(lease, Outcome.IGNORED, 2))
        .withMessage("lease ended twice");
  }

  @Test
  void aMissingReplicaDrainsAndIsForgotten() {
    Balancer<String> balancer = weir(10, "a", "b");
    arrive(balancer, "1", "2");
    balancer.replicas(specs("b"), 1);
    assertThat(states(balancer)).isEqualTo("b active, a draining");
    arrive(balancer, "3");
    end(balancer, "1", Outcome.SUCCEEDED, 2);
    assertThat(states(balancer)).isEqualTo("b active");
    assertThat(events).containsExactly("1->a", "2->b");
    end(balancer, "2", Outcome.SUCCEEDED, 3);
    assertThat(events).contains("3->b");
  }

  @Test
  void aReplicaThatStaysKeepsWhatWasLearned() {
    Balancer<String> balancer = weir(10, "a");
    arrive(balancer, "1");
    end(balancer, "1", Outcome.SUCCEEDED, SECOND);
    balancer.replicas(specs("b", "a"), SECOND);
    assertThat(balancer.status(SECOND).replicas().get(1).serviceMeanSeconds()).isEqualTo(1);
    assertThat(balancer.status(SECOND).replicas().get(0).serviceMeanSeconds()).isNaN();
  }

  @Test
  void theSameIdTwiceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> weir(10, "a", "a"))
        .withMessage("replicas: a twice (expected: each id once)");
  }

  @Test
  void withoutAnyReplicaEverRequestsAreRefused() {
    arrive(weir(10), "1");
    assertThat(events).containsExactly("1 NO_REPLICA");
  }

  @Test
  void requestsWaitOutTheGapOfAnUpdate() {
    Balancer<String> balancer = weir(10, "a");
    balancer.replicas(List.of(), SECOND);
    arrive(balancer, 2 * SECOND, "1");
    arrive(balancer, 40 * SECOND, "late");
    balancer.replicas(specs("b"), 29 * SECOND);
    assertThat(events).containsExactly("late NO_REPLICA", "1->b");
  }

  @Test
  void anEarlyBinderNeverQueuesForASlot() {
    Balancer<String> balancer = balancer(PolicySpec.LEAST_REQUESTS, 10, "a");
    arrive(balancer, "1", "2", "3");
    assertThat(events).containsExactly("1->a", "2->a", "3->a");
  }

  @ParameterizedTest
  @EnumSource(PolicySpec.class)
  void withEveryPolicyRequestsWaitForTheNextReplica(PolicySpec policy) {
    Balancer<String> balancer = balancer(policy, 2, "a");
    arrive(balancer, "1");
    balancer.replicas(List.of(), 1);
    arrive(balancer, 2, "2");
    arrive(balancer, 3, "3");
    arrive(balancer, 4, "4");
    assertThat(events).containsExactly("1->a", "4 QUEUE_FULL");
    balancer.tick(30 * SECOND + 2);
    assertThat(events).endsWith("2 DEADLINE");
    balancer.replicas(specs("b"), 30 * SECOND + 2);
    assertThat(events).endsWith("3->b");
    assertThat(balancer.status(31 * SECOND).queued()).isZero();
  }

  @Test
  void aFailedReplicaIsLeftOutLongerEachTime() {
    Balancer<String> balancer = balancer(PolicySpec.ROUND_ROBIN, 10, "a", "b");
    arrive(balancer, "1");
    end(balancer, "1", Outcome.FAILED, 0);
    assertThat(states(balancer)).isEqualTo("a ejected, b active");
    balancer.tick(SECOND);
    arrive(balancer, SECOND, "2");
    arrive(balancer, SECOND, "3");
    assertThat(events).endsWith("2->b", "3->a");
    end(balancer, "3", Outcome.FAILED, SECOND);
    arrive(balancer, 3 * SECOND - 1, "4");
    arrive(balancer, 3 * SECOND, "5");
    assertThat(events).endsWith("4->b", "5->a");
    end(balancer, "5", Outcome.SUCCEEDED, 3 * SECOND);
    assertThat(states(balancer)).isEqualTo("a active, b active");
  }

  @Test
  void manyLeasesThatBreakTogetherCountOnce() {
    Balancer<String> balancer = balancer(PolicySpec.ROUND_ROBIN, 10, "a", "b");
    arrive(balancer, "1", "2", "3", "4", "5");
    end(balancer, "1", Outcome.FAILED, 0);
    end(balancer, "3", Outcome.FAILED, 1);
    end(balancer, "5", Outcome.FAILED, 2 * SECOND);
    arrive(balancer, 2 * SECOND, "6");
    arrive(balancer, 2 * SECOND, "7");
    assertThat(events).contains("6->b", "7->a");
  }

  @Test
  void ifAllAreEjectedAllAreTried() {
    Balancer<String> balancer = balancer(PolicySpec.ROUND_ROBIN, 10, "a", "b");
    arrive(balancer, "1", "2");
    end(balancer, "1", Outcome.FAILED, 1);
    end(balancer, "2", Outcome.FAILED, 1);
    arrive(balancer, 2, "3");
    arrive(balancer, 2, "4");
    assertThat(events).endsWith("3->a", "4->b");
    end(balancer, "4", Outcome.SUCCEEDED, 3);
    assertThat(states(balancer)).isEqualTo("a ejected, b active");
  }

  @Test
  void drainingReplicaFinishesWhatItHasAndStaysListed() {
    Balancer<String> balancer = weir(10, "a", "b");
    arrive(balancer, "1", "2");
    var drains = List.of(new ReplicaSpec("a", 1, true), new ReplicaSpec("b", 1));
    balancer.replicas(drains, 1);
    arrive(balancer, 2, "3");
    end(balancer, "1", Outcome.SUCCEEDED, 3);
    assertThat(events).containsExactly("1->a", "2->b");
    assertThat(states(balancer)).isEqualTo("b active, a draining");
    end(balancer, "2", Outcome.SUCCEEDED, 4);
    assertThat(events).endsWith("3->b");
    balancer.replicas(specs("a", "b"), 5);
    arrive(balancer, 5, "4");
    assertThat(events).endsWith("4->a");
    balancer.replicas(drains, 6);
    balancer.replicas(specs("b"), 6);
    end(balancer, "4", Outcome.SUCCEEDED, 7);
    assertThat(states(balancer)).isEqualTo("b active");
  }

  @Test
  void aNewReplicaIsSparedAtFirstAndHasItsShareInTheEnd() {
    for (PolicySpec policy : PolicySpec.values()) {
      var settings =
          new BalancerSettings(policy, 10, 30 * SECOND, SECOND, 16).withSlowStart(10 * SECOND);
      var balancer = new Balancer<>(settings, this, new SplittableRandom(1));
      balancer.replicas(specs("a"), 0);
      balancer.replicas(specs("a", "b"), SECOND);
      int early = shareOf("b", balancer, SECOND, 2 * SECOND);
      int late = shareOf("b", balancer, 12 * SECOND, 13 * SECOND);
      assertThat(early).as("%s in the first second", policy).isBetween(10, 150);
      assertThat(late).as("%s when it is warm", policy).isBetween(400, 600);
    }
  }

  /// Nothing is known at first, so nothing waits.
  @Test
  void limitsStartOpen() {
    var settings = BalancerSettings.of(PolicySpec.WEIR);
    var balancer = new Balancer<>(settings, this, new SplittableRandom(1));
    balancer.replicas(specs("a", "b"), 0);
    arrive(balancer, "1", "2", "3", "4", "5", "6");
    BalancerStatus status = balancer.status(0);
    assertThat(status.queued()).isZero();
    assertThat(status.replicas())
        .allSatisfy(replica -> {
          assertThat(replica.inFlight()).isEqualTo(3);
          assertThat(replica.limit()).isZero();
          assertThat(replica.limitReason()).isEqualTo("open: nothing speaks against more");
        });
  }

  /// How many of a thousand requests, one at a time, `id` gets in a while.
  private int shareOf(String id, Balancer<String> balancer, long fromNanos, long toNanos) {
    int got = 0;
    for (int i = 0; i < 1000; i++) {
      long nowNanos = fromNanos + (toNanos - fromNanos) / 1000 * i;
      arrive(balancer, nowNanos, "x");
      Lease lease = lease("x");
      got += lease.replica().id().equals(id) ? 1 : 0;
      balancer.end(lease, Outcome.SUCCEEDED, nowNanos + 1000);
    }
    return got;
  }

  @Test
  void aNewReplicaTakesWhatWouldOtherwiseWait() {
    var settings =
        new BalancerSettings(PolicySpec.WEIR, 10, 30 * SECOND, SECOND, 16)
            .with(new LimitSpec.Fixed(1))
            .withSlowStart(10 * SECOND);
    var balancer = new Balancer<>(settings, this, new SplittableRandom(1));
    balancer.replicas(specs("a"), 0);
    balancer.replicas(specs("a", "b"), 0);
    arrive(balancer, "1", "2");
    assertThat(leases.values()).extracting(lease -> lease.replica().id()).contains("a", "b");
  }

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

  @Test
  void statusReportsRateAndServiceTime() {
    Balancer<String> balancer = weir(10, "a");
    for (int i = 1; i <= 1000; i++) {
      arrive(balancer, i * SECOND / 100, "x");
      balancer.end(lease("x"), Outcome.SUCCEEDED, i * SECOND / 100 + 5_000_000);
    }
    BalancerStatus status = balancer.status(10 * SECOND);
    assertThat(status.arrivalsPerSecond()).isBetween(95.0, 105.0);
    assertThat(status.arrivalScv()).isBetween(0.0, 0.01);
    assertThat(status.serviceMeanSeconds()).isBetween(0.00499, 0.00501);
    assertThat(balancer.serviceMeanNanos(10 * SECOND)).isBetween(4.99e6, 5.01e6);
    assertThat(status.replicas().getFirst().limit()).isEqualTo(1);
    assertThat(status.replicas().getFirst().limitReason()).isEqualTo("set to 1");
    assertThat(status.replicas().getFirst().succeeded()).isEqualTo(1000);
  }

  private Balancer<String> weir(int cap, String... ids) {
    return balancer(PolicySpec.WEIR, cap, ids);
  }

  private Balancer<String> balancer(PolicySpec policy, int cap, String... ids) {
    var settings =
        new BalancerSettings(policy, cap, 30 * SECOND, SECOND, 16).with(new LimitSpec.Fixed(1));
    var balancer = new Balancer<>(settings, this, new SplittableRandom(1));
    balancer.replicas(specs(ids), 0);
    return balancer;
  }

  private static List<ReplicaSpec> specs(String... ids) {
    return List.of(ids).stream().map(id -> new ReplicaSpec(id, 1)).toList();
  }

  private void arrive(Balancer<String> balancer, long nowNanos, String request) {
    settle(request, balancer.arrive(request, nowNanos));
  }

  private void settle(String request, Admission admission) {
    switch (admission) {
      case Lease lease -> assigned(request, lease);
      case Refusal reason -> refused(request, reason);
      case Ticket _ -> {}
    }
  }

  private void arrive(Balancer<String> balancer, String... requests) {
    for (String request : requests) {
      arrive(balancer, 0, request);
    }
  }

  private Lease lease(String request) {
    return Objects.requireNonNull(leases.get(request));
  }

  private void end(Balancer<String> balancer, String request, Outcome outcome, long nowNanos) {
    balancer.end(lease(request), outcome, nowNanos);
  }

  private static String states(Balancer<String> balancer) {
    return String.join(
        ", ",
        balancer.status(SECOND).replicas().stream().map(r -> r.id() + " " + r.state()).toList());
  }
}
