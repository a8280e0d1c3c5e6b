package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whatever happens, nothing is lost or served twice, and no replica gets more than its limit.
final class BalancerPropertyTest {
  @Test
  void everyRequestIsSettledOnceUnderAnyPolicy() {
    Seeds.forAll(random -> {
      for (PolicySpec policy : PolicySpec.values()) {
        new Story(policy, random).play();
      }
    });
  }

  /// One random sequence of everything that can happen to a balancer.
  private static final class Story implements Dispatch<Integer> {
    private final RandomGenerator random;
    private final List<Outcome> outcomes = List.of(Outcome.values());
    private final PolicySpec policy;
    private final Balancer<Integer> balancer;
    private final List<Lease> held = new ArrayList<>();
    private final List<Ticket> tickets = new ArrayList<>();
    private long nowNanos;
    private int arrived;
    private int retried;
    private int refused;
    private int cancelled;
    private int ended;

    Story(PolicySpec policy, RandomGenerator random) {
      this.policy = policy;
      this.random = random;
      var settings =
          new BalancerSettings(policy, random.nextInt(6), 1_000_000, 300_000, 8)
              .with(random.nextBoolean() ? LimitSpec.AUTO : new LimitSpec.Fixed(2))
              .with(random.nextBoolean() ? QueueSpec.FIFO : new QueueSpec.LateLast(200_000));
      this.balancer = new Balancer<>(settings, this, new SplittableRandom(random.nextLong()));
    }

    @Override
    public void assigned(Integer request, Lease lease) {
      held.add(lease);
    }

    @Override
    public void refused(Integer request, Refusal reason) {
      refused++;
    }

    private void settle(Admission admission) {
      switch (admission) {
        case Lease lease -> held.add(lease);
        case Refusal _ -> refused++;
        case Ticket ticket -> tickets.add(ticket);
      }
    }

    void play() {
      for (int step = 0; step < 120; step++) {
        nowNanos += random.nextInt(50_000);
        step();
        check();
      }
      balancer.replicas(List.of(), nowNanos);
      while (!held.isEmpty()) {
        endOne(Outcome.SUCCEEDED);
      }
      balancer.tick(nowNanos + 10_000_000);
      BalancerStatus status = balancer.status(nowNanos);
      assertThat(status.inFlight()).isZero();
      assertThat(status.queued()).isZero();
      assertThat(status.replicas()).isEmpty();
      assertThat(ended + refused + cancelled).isEqualTo(arrived + retried);
    }

    private void step() {
      switch (random.nextInt(9)) {
        case 0, 1, 2 -> settle(balancer.arrive(arrived++, nowNanos));
        case 3, 4 -> endOne(Outcome.SUCCEEDED);
        case 5 -> endOne(outcomes.get(random.nextInt(outcomes.size())));
        case 6 -> cancelOne();
        case 7 -> balancer.tick(nowNanos);
        default -> balancer.replicas(someReplicas(), nowNanos);
      }
    }

    private List<ReplicaSpec> someReplicas() {
      return IntStream.range(0, 5)
          .filter(_ -> random.nextBoolean())
          .mapToObj(i -> new ReplicaSpec("r" + i, 1 + i % 2))
          .toList();
    }

    private void endOne(Outcome outcome) {
      if (!held.isEmpty()) {
        Lease lease = held.remove(random.nextInt(held.size()));
        ended++;
        balancer.end(lease, outcome, nowNanos);
        if (outcome == Outcome.FAILED && random.nextBoolean()) {
          retried++;
          settle(balancer.retry(-1, lease.replica(), nowNanos));
        }
      }
    }

    private void cancelOne() {
      if (!tickets.isEmpty()
          && balancer.cancel(tickets.remove(random.nextInt(tickets.size())), nowNanos)) {
        cancelled++;
      }
    }

    private void check() {
      BalancerStatus status = balancer.status(nowNanos);
      assertThat(status.inFlight()).isEqualTo(held.size());
      assertThat(status.queued() + held.size() + ended + refused + cancelled)
          .isEqualTo(arrived + retried);
      boolean anyActive =
          status.replicas().stream().anyMatch(replica -> !replica.state().equals("draining"));
      if (policy != PolicySpec.WEIR && anyActive) {
        assertThat(status.queued()).as("waiting although a policy binds early").isZero();
      }
    }
  }
}
