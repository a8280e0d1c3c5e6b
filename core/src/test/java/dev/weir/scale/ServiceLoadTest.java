package dev.weir.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.arrivals.RateEstimate;
import dev.weir.arrivals.RateMeter;
import dev.weir.testing.Seeds;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Loads that two balancers measure against the load that one in their place would measure.
final class ServiceLoadTest {
  private static final long SECOND = 1_000_000_000;
  private static final WorkLaw WORK = new TwoMomentWork(0.1, 1);

  @Test
  void theHalvesOfAStreamAddUpToIt() {
    Seeds.forAll(50, ServiceLoadTest::addUp);
  }

  private static void addUp(RandomGenerator random) {
    var whole = new RateMeter(0);
    var left = new RateMeter(0);
    var right = new RateMeter(0);
    for (double at = 0; at < 90; at -= Math.log(1 - random.nextDouble()) / 40) {
      long nanos = (long) (at * SECOND);
      whole.note(nanos);
      (random.nextInt(4) == 0 ? left : right).note(nanos);
    }
    RateEstimate one = whole.estimate(90 * SECOND);
    RateEstimate sum = left.estimate(90 * SECOND).plus(right.estimate(90 * SECOND));
    assertThat(sum.perSecond()).isCloseTo(one.perSecond(), within(12.0));
    assertThat(sum.standardError() / one.standardError()).isBetween(0.6, 2.6);
    assertThat(sum.minute().perSecondSquared())
        .isCloseTo(one.minute().perSecondSquared(), within(1e-9));
    assertThat(sum.isFull()).isTrue();
  }

  @Test
  void aBalancerThatHasJustStartedKeepsTheSumFromBeingFull() {
    RateEstimate known = estimate(40, 90);
    RateEstimate sum = known.plus(new RateMeter(0).estimate(0));
    assertThat(sum.perSecond()).isEqualTo(known.perSecond());
    assertThat(sum.isFull()).isFalse();
    assertThat(known.plus(estimate(10, 30)).isFull()).isFalse();
  }

  @Test
  void queuesAddUpAndUseByEitherIsUse() {
    ServiceLoad busy = load(estimate(40, 90), 3, WORK, 7, 0.4, 0);
    ServiceLoad idle = load(estimate(0, 90), 1, null, 0, 0, 300);
    ServiceLoad both = idle.plus(busy);
    assertThat(both.queued()).isEqualTo(7);
    assertThat(both.waitSeconds()).isEqualTo(0.4);
    assertThat(both.idleSeconds()).isZero();
    assertThat(both.gapScv()).isEqualTo(3);
    assertThat(both.work()).isEqualTo(WORK);
    assertThat(both.ready()).as("the same replicas").isEqualTo(2);
  }

  @Test
  void theWorkIsThatOfTheBusierBalancer() {
    WorkLaw other = new TwoMomentWork(0.2, 1);
    ServiceLoad little = load(estimate(10, 90), 1, other, 0, 0, 0);
    ServiceLoad much = load(estimate(30, 90), 2, WORK, 0, 0, 0);
    assertThat(little.plus(much).work()).isEqualTo(WORK);
    assertThat(much.plus(little).work()).isEqualTo(WORK);
    assertThat(much.plus(little).gapScv()).isEqualTo(1.75);
  }

  private static RateEstimate estimate(int perSecond, int seconds) {
    var meter = new RateMeter(0);
    for (int second = 0; second < seconds; second++) {
      for (int i = 0; i < perSecond; i++) {
        meter.note(second * SECOND);
      }
    }
    return meter.estimate(seconds * SECOND);
  }

  private static ServiceLoad load(
      RateEstimate rate,
      double gapScv,
      @Nullable WorkLaw work,
      int queued,
      double waitSeconds,
      double idleSeconds) {
    return new ServiceLoad(rate, gapScv, work, 1, 2, queued, waitSeconds, idleSeconds);
  }
}
