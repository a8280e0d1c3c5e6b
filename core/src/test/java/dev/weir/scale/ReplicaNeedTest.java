package dev.weir.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.Seeds;
import org.junit.jupiter.api.Test;

/// The least number of replicas.
class ReplicaNeedTest {
  private static final Promise PROMISE = Promise.parse("p99<300ms");

  @Test
  void theNeedKeepsThePromiseAndOneFewerBreaksIt() {
    Seeds.forAll(
        100,
        random -> {
          var work = new TwoMomentWork(.05, random.nextDouble(0, 1.2));
          var demand = new Demand(random.nextDouble(1, 2000), random.nextDouble(0, 8), work);
          ReplicaNeed need = ReplicaNeed.of(demand, PROMISE, random.nextInt(1, 5), 1000);
          assertThat(need.isKept()).isTrue();
          assertThat(need.at().keeps(PROMISE)).isTrue();
          assertThat(need.after().keeps(PROMISE)).isTrue();
          assertThat(need.before().keeps(PROMISE)).isEqualTo(need.replicas() == 1);
        });
  }

  /// M/M/1 with a mean of 60 ms keeps p99 < 300 ms only if ln(100) / (1/S - lambda) < .3, so at
  /// less than 1.3/s; two slots of M/M/2 at 4/s: 288 ms.
  @Test
  void theKnownAnswersComeOut() {
    var work = new TwoMomentWork(.06, 1);
    assertThat(ReplicaNeed.need(new Demand(1.3, 1, work), PROMISE, 1, 9)).isEqualTo(1);
    assertThat(ReplicaNeed.need(new Demand(1.4, 1, work), PROMISE, 1, 9)).isEqualTo(2);
    assertThat(ReplicaNeed.need(new Demand(0, 1, work), PROMISE, 1, 9)).isEqualTo(1);
  }

  @Test
  void burstsNeedMore() {
    var work = new TwoMomentWork(.06, 1);
    int smooth = ReplicaNeed.need(new Demand(40, .1, work), PROMISE, 1, 100);
    int poisson = ReplicaNeed.need(new Demand(40, 1, work), PROMISE, 1, 100);
    int bursty = ReplicaNeed.need(new Demand(40, 8, work), PROMISE, 1, 100);
    assertThat(smooth).isLessThanOrEqualTo(poisson);
    assertThat(poisson).isLessThan(bursty);
  }

  @Test
  void tooFewReplicasAreSaid() {
    var demand = new Demand(100, 1, new TwoMomentWork(.06, 1));
    ReplicaNeed need = ReplicaNeed.of(demand, PROMISE, 1, 4);
    assertThat(need.replicas()).isEqualTo(4);
    assertThat(need.isKept()).isFalse();
    assertThat(need.isAttainable()).isTrue();
    assertThat(need.at().isStable()).isFalse();
  }

  /// More replicas cannot help, so not all that are allowed are asked for.
  @Test
  void workThatBreaksThePromiseAloneAsksForNoMoreThanHelps() {
    var demand = new Demand(100, 1, new TwoMomentWork(.5, 1));
    ReplicaNeed need = ReplicaNeed.of(demand, PROMISE, 1, 1000);
    assertThat(need.isAttainable()).isFalse();
    assertThat(need.isKept()).isFalse();
    assertThat(need.replicas()).isBetween(51, 80);
    double alone = demand.work().quantile(.99);
    assertThat(need.at().percentileSeconds(99)).isBetween(alone, alone * 1.06);
  }
}
