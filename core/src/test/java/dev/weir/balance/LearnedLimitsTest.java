package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.balance.limit.LearnedPrior;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What learned limits do to a whole balancer, on virtual time.
final class LearnedLimitsTest implements Dispatch<Integer> {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;
  private static final BalancerSettings SETTINGS = BalancerSettings.of(PolicySpec.WEIR);

  private final List<Lease> held = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(20_261_127);
  private Balancer<Integer> balancer = new Balancer<>(SETTINGS, this, random.split());
  private long nowNanos;

  @Override
  public void assigned(Integer request, Lease lease) {
    held.add(lease);
  }

  @Override
  public void refused(Integer request, Refusal reason) {
    throw new AssertionError("refused: " + reason);
  }

  /// A host dies with a request on it: that says nothing about the others' limits.
  @Test
  void aDrainingReplicaThatHangsOpensNoLimit() {
    close("a", "b", "c", "d");
    Lease stuck = leaseOf("a");
    balancer.replicas(specs("b", "c", "d"), nowNanos);
    held.remove(stuck);
    play(20 * SECOND, 3);
    balancer.end(stuck, Outcome.FAILED, nowNanos);
    play(SECOND, 3);
    assertThat(balancer.status(nowNanos).replicas())
        .allSatisfy(one -> assertThat(one.limitReason()).startsWith("closed at 1"));
  }

  /// If all replicas err alike, their errors hold no request up.
  @Test
  void errorsOfAllReplicasHoldNothingUp() {
    close("a", "b");
    while (!held.isEmpty()) {
      balancer.end(held.removeLast(), Outcome.SUCCEEDED, nowNanos);
    }
    for (int i = 0; i < 200; i++) {
      arrive(i);
      nowNanos += MILLI;
      assertThat(held).as("request %d", i).isNotEmpty();
      balancer.end(held.removeFirst(), Outcome.ERRED, nowNanos);
    }
    assertThat(balancer.status(nowNanos).queued()).isZero();
  }

  /// A balancer with new settings goes on with what it knew, and closes sooner than a new one.
  @Test
  void whatWasKnownIsHandedOn() {
    close("a", "b");
    long firstNanos = nowNanos;
    LearnedPrior known = balancer.prior();
    balancer = new Balancer<>(SETTINGS, this, random.split());
    balancer.recall(known);
    held.clear();
    close("a", "b");
    assertThat(nowNanos - firstNanos).isLessThan(firstNanos);
  }

  /// Plays until all limits are closed.
  private void close(String... ids) {
    balancer.replicas(specs(ids), nowNanos);
    for (int i = 0; i < 600 && !allClosed(); i++) {
      play(SECOND / 10, ids.length);
    }
    assertThat(allClosed()).isTrue();
  }

  private boolean allClosed() {
    return balancer.status(nowNanos).replicas().stream()
        .allMatch(one -> one.limitReason().startsWith("closed"));
  }

  /// Replicas of one shared core with exponential work of 50 ms, at 80 % load.
  private void play(long nanos, int replicas) {
    long untilNanos = nowNanos + nanos;
    while (nowNanos < untilNanos) {
      double arrivals = .8 * replicas / (50 * MILLI);
      long busy = held.stream().map(Lease::replica).distinct().count();
      double all = arrivals + busy / (50.0 * MILLI);
      nowNanos += (long) (-Math.log(1 - random.nextDouble()) / all);
      if (random.nextDouble() * all < arrivals) {
        arrive(0);
      } else {
        List<Replica> working = held.stream().map(Lease::replica).distinct().toList();
        Replica done = working.get(random.nextInt(working.size()));
        List<Lease> its = held.stream().filter(lease -> lease.replica() == done).toList();
        Lease lease = its.get(random.nextInt(its.size()));
        held.remove(lease);
        balancer.end(lease, Outcome.SUCCEEDED, nowNanos);
      }
      balancer.tick(nowNanos);
    }
  }

  private void arrive(int request) {
    switch (balancer.arrive(request, nowNanos)) {
      case Lease lease -> assigned(request, lease);
      case Refusal reason -> refused(request, reason);
      case Ticket _ -> {}
    }
  }

  private Lease leaseOf(String id) {
    while (true) {
      for (Lease lease : held) {
        if (lease.replica().id().equals(id)) {
          return lease;
        }
      }
      play(MILLI, 4);
    }
  }

  private static List<ReplicaSpec> specs(String... ids) {
    return List.of(ids).stream().map(id -> new ReplicaSpec(id, 1)).toList();
  }
}
