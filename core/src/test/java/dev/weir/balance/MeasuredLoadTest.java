package dev.weir.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.scale.Demand;
import dev.weir.scale.Promise;
import dev.weir.scale.ReplicaNeed;
import dev.weir.scale.ServiceLoad;
import dev.weir.scale.TwoMomentWork;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a balancer measures for the autoscaler, on virtual time.
final class MeasuredLoadTest extends BalancerFixture {
  private static final long MILLI = 1_000_000L;
  private static final double WORK_SECONDS = 0.1;

  private final SplittableRandom random = new SplittableRandom(20_261_128);
  private final ArrayDeque<Ending> endings = new ArrayDeque<>();
  private long nowNanos;

  @Test
  void rateQueueAndWaitAreThoseOfTheRequests() {
    Balancer<String> balancer = weir(100, "a");
    for (int second = 0; second < 70; second++) {
      balancer.tick(second * SECOND);
      arrive(balancer, second * SECOND, "1-" + second);
      arrive(balancer, second * SECOND, "2-" + second);
      if (second < 60) {
        end(balancer, "1-" + second, Outcome.SUCCEEDED, second * SECOND + MILLI);
        end(balancer, "2-" + second, Outcome.SUCCEEDED, second * SECOND + 2 * MILLI);
      }
    }
    ServiceLoad load = balancer.load(7, 70 * SECOND);
    assertThat(load.rate().perSecond()).isEqualTo(2);
    assertThat(load.rate().isFull()).isTrue();
    assertThat(load.gapScv()).isEqualTo(load.rate().dispersion());
    assertThat(load.work()).isNotNull();
    assertThat(load.queued()).isEqualTo(19);
    assertThat(load.waitSeconds()).isCloseTo(10, within(1e-9));
    assertThat(load.ready()).isEqualTo(1);
    assertThat(load.idleSeconds()).isEqualTo(7);
  }

  @Test
  void withoutReplicasNothingIsReadyAndWhatWasKnownOfThemStays() {
    Balancer<String> balancer = open(3);
    hold(balancer, 4, 4 * SECOND);
    assertThat(balancer.load(0, nowNanos).slots()).isEqualTo(4);
    balancer.replicas(List.of(), nowNanos);
    assertThat(balancer.load(0, nowNanos).ready()).isZero();
    assertThat(balancer.load(0, nowNanos).slots()).isEqualTo(4);
  }

  @Test
  void anEjectedReplicaTakesNoRequestsUnlessAllAreEjected() {
    Balancer<String> balancer = weir(100, "a", "b");
    arrive(balancer, "1", "2");
    end(balancer, "1", Outcome.FAILED, 1);
    assertThat(balancer.load(0, 1).ready()).isEqualTo(1);
    end(balancer, "2", Outcome.FAILED, 2);
    assertThat(balancer.load(0, 2).ready()).isEqualTo(2);
  }

  @Test
  void aFixedLimitIsTheSlots() {
    var settings = BalancerSettings.of(PolicySpec.WEIR).with(new LimitSpec.Fixed(6));
    var balancer = new Balancer<>(settings, this, new SplittableRandom(1));
    assertThat(balancer.load(0, 0).slots()).isEqualTo(6);
  }

  @Test
  void declaredCoresAreSlotsUntilMoreIsKnown() {
    assertThat(open(2.5).load(0, 0).slots()).isEqualTo(3);
    assertThat(open(0.5).load(0, 0).slots()).isEqualTo(1);
  }

  /// With the mean in flight of this moment as slots, every replica would be busy all of the time,
  /// and one more would always be asked for. The largest mean of the last half hour is the proof
  /// that a replica has so many slots, so a load spread over more replicas asks for no more of
  /// them.
  @Test
  void aLoadThatReplicasHaveProvenToCarryAsksForNoMoreReplicas() {
    Balancer<String> balancer = open(1);
    play(balancer, 60, 120);
    ServiceLoad one = balancer.load(0, nowNanos);
    assertThat(one.slots()).as("six in flight on average").isBetween(6, 12);
    balancer.replicas(specs("a", "b"), nowNanos);
    play(balancer, 60, 300);
    ServiceLoad two = balancer.load(0, nowNanos);
    double presentMean = 60 * WORK_SECONDS / 2;
    assertThat(two.slots()).isEqualTo(one.slots()).isGreaterThan((int) presentMean + 2);
    assertThat(need(two.slots())).as("held").isLessThanOrEqualTo(2);
    assertThat(need((int) presentMean)).as("by the present mean").isGreaterThan(2);
  }

  private static int need(int slots) {
    var demand = new Demand(60, 1, new TwoMomentWork(WORK_SECONDS, 1));
    return ReplicaNeed.need(demand, Promise.parse("p99<1s"), slots, 20);
  }

  @Test
  void whatAReplicaHadInFlightCountsForHalfAnHour() {
    Balancer<String> balancer = open(1);
    hold(balancer, 9, 6 * SECOND);
    pass(balancer, 29 * 60 * SECOND);
    assertThat(balancer.load(0, nowNanos).slots()).isEqualTo(9);
    pass(balancer, 62 * SECOND);
    assertThat(balancer.load(0, nowNanos).slots()).isEqualTo(1);
  }

  /// Draining replicas have requests, too; they prove nothing of those that stay.
  @Test
  void requestsOfDrainingReplicasDoNotCount() {
    Balancer<String> balancer = open(1);
    balancer.replicas(specs("a", "b", "c", "d"), nowNanos);
    for (int i = 0; i < 12; i++) {
      arrive(balancer, nowNanos, "r" + i);
    }
    pass(balancer, 10 * SECOND);
    assertThat(balancer.load(0, nowNanos).slots()).isEqualTo(3);
    balancer.replicas(specs("a"), nowNanos);
    pass(balancer, 10 * SECOND);
    assertThat(balancer.load(0, nowNanos).slots()).isEqualTo(3);
  }

  /// One core works on one request; what was in flight before that was known waited inside it.
  @Test
  void aLearnedKneeReplacesWhatWasInFlightBefore() {
    Balancer<String> balancer = open(1);
    hold(balancer, 40, 4 * SECOND);
    assertThat(balancer.load(0, nowNanos).slots()).isEqualTo(40);
    for (int i = 0; i < 4000; i++) {
      nowNanos += 20 * MILLI;
      arrive(balancer, nowNanos, "x" + i);
      if (i % 8 == 7) { // each seven in flight and then none, at one rate
        for (int j = i - 7; j <= i; j++) {
          nowNanos += 20 * MILLI;
          end(balancer, "x" + j, Outcome.SUCCEEDED, nowNanos);
        }
      }
      balancer.tick(nowNanos);
    }
    assertThat(balancer.load(0, nowNanos).slots()).isLessThan(8);
  }

  /// A changed label must not make the autoscaler start again.
  @Test
  void theBalancerThatReplacesAnotherGoesOnWithItsMeter() {
    Balancer<String> balancer = open(1);
    play(balancer, 40, 120);
    ServiceLoad before = balancer.load(0, nowNanos);
    Balancer<String> next = open(1);
    next.goOn(balancer.handOver(nowNanos));
    ServiceLoad after = next.load(0, nowNanos);
    assertThat(after.rate()).isEqualTo(before.rate());
    assertThat(after.slots()).isEqualTo(before.slots());
    assertThat(after.work()).isNotNull();
    assertThat(balancer.load(0, nowNanos).rate().isFull()).as("the former one's").isFalse();
    Balancer<String> third = open(1);
    third.goOn(next.handOver(nowNanos));
    assertThat(third.load(0, nowNanos).work()).as("known to the first").isNotNull();
  }

  /// A balancer with open limits and one replica with so many cores.
  private Balancer<String> open(double cores) {
    var balancer =
        new Balancer<>(BalancerSettings.of(PolicySpec.WEIR), this, new SplittableRandom(1));
    balancer.replicas(List.of(new ReplicaSpec("a", cores)), nowNanos);
    balancer.tick(nowNanos);
    return balancer;
  }

  /// So many requests are in flight for so long, and then none is.
  private void hold(Balancer<String> balancer, int requests, long nanos) {
    for (int i = 0; i < requests; i++) {
      arrive(balancer, nowNanos, "h" + i);
    }
    pass(balancer, nanos);
    for (int i = 0; i < requests; i++) {
      end(balancer, "h" + i, Outcome.IGNORED, nowNanos);
    }
  }

  private void pass(Balancer<String> balancer, long nanos) {
    long untilNanos = nowNanos + nanos;
    while (nowNanos < untilNanos) {
      nowNanos += 100 * MILLI;
      balancer.tick(nowNanos);
    }
  }

  /// Poisson arrivals; each takes 100 ms, however many there are.
  private void play(Balancer<String> balancer, int perSecond, int seconds) {
    long untilNanos = nowNanos + seconds * SECOND;
    for (int i = 0; nowNanos < untilNanos; i++) {
      long gapNanos = (long) (-Math.log(1 - random.nextDouble()) * SECOND / perSecond);
      nowNanos += gapNanos;
      while (!endings.isEmpty() && endings.getFirst().atNanos <= nowNanos) {
        Ending due = endings.removeFirst();
        end(balancer, due.request, Outcome.SUCCEEDED, due.atNanos);
      }
      String request = untilNanos + "-" + i;
      arrive(balancer, nowNanos, request);
      endings.addLast(new Ending(request, nowNanos + 100 * MILLI));
      balancer.tick(nowNanos);
    }
  }

  /// When a request ends.
  private record Ending(String request, long atNanos) {}
}
