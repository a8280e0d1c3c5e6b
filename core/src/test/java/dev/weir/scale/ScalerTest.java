package dev.weir.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Each term of the decision and each bound, one tick of two seconds after the other.
final class ScalerTest {
  private static final Promise PROMISE = new Promise(99, 1);

  private final ObservedService service = new ObservedService();
  private Scaler scaler = new Scaler(ScaleSettings.of(PROMISE, 1, 20));

  @Test
  void theBaseIsTheLeastNumberThatKeepsThePromise() {
    service.rate(60).desired(1);
    Decision decision = tick();
    assertThat(decision.term()).isEqualTo(Term.BASE);
    int replicas = decision.replicas();
    assertThat(replicas).isBetween(7, 9);
    assertThat(decision.outlook().sameSeconds()).isLessThanOrEqualTo(0.8);
    assertThat(decision.outlook().fewerSeconds()).isGreaterThan(0.8);
    assertThat(decision.outlook().moreSeconds()).isLessThan(decision.outlook().sameSeconds());
    assertThat(decision.isChange()).isTrue();
  }

  /// A promise of a minute would allow 99 % busy.
  @Test
  void noMoreThanItsShareOfTheSlotsIsBusy() {
    scaler = new Scaler(ScaleSettings.of(new Promise(99, 60), 1, 200));
    service.rate(920).standardError(0).desired(1);
    assertThat(tick().replicas()).isEqualTo(100);
    service.rate(920.1);
    assertThat(tick().replicas()).isEqualTo(101);
  }

  @Test
  void anUncertainRateAsksForMore() {
    service.rate(60).standardError(0).desired(1);
    int certain = tick().replicas();
    service.standardError(10);
    assertThat(tick().replicas()).isGreaterThan(certain);
  }

  @Test
  void severalSlotsMakeFewerReplicas() {
    service.rate(60).desired(1);
    int single = tick().replicas();
    scaler = new Scaler(ScaleSettings.of(PROMISE, 1, 20));
    service.slots(4);
    assertThat(tick().replicas()).isEqualTo((single + 3) / 4);
  }

  @Test
  void aFallIsHeldForAWhile() {
    service.rate(60).desired(1);
    int high = follow().replicas();
    service.rate(20);
    for (int i = 0; i < 37; i++) {
      Decision decision = follow();
      assertThat(decision.replicas()).isEqualTo(high);
      assertThat(decision.term()).isEqualTo(Term.HOLD);
    }
    Decision sunk = follow();
    assertThat(sunk.term()).isEqualTo(Term.BASE);
    assertThat(sunk.replicas()).isLessThan(high);
  }

  /// Missed once within ten minutes, a number of replicas is held for five minutes, for half an
  /// hour.
  @Test
  void burstsThatComeBackAreHeldForLonger() {
    service.rate(60).desired(1);
    int high = follow().replicas();
    service.rate(20);
    play(100);
    assertThat(service.now().desired()).isLessThan(high);
    service.rate(60);
    assertThat(follow().replicas()).isEqualTo(high);
    service.rate(20);
    play(298);
    assertThat(service.now().desired()).as("held for five minutes").isEqualTo(high);
    play(4);
    assertThat(service.now().desired()).isLessThan(high);
    service.passes(1800).rate(60);
    follow();
    service.rate(20);
    play(100);
    assertThat(service.now().desired()).as("forgotten after half an hour").isLessThan(high);
  }

  @Test
  void aFirstRiseIsNoReturn() {
    service.rate(20).desired(1);
    follow();
    service.rate(60);
    int high = follow().replicas();
    service.rate(20);
    play(100);
    assertThat(service.now().desired()).isLessThan(high);
  }

  private void play(int seconds) {
    for (int i = 0; i < seconds; i += 2) {
      follow();
    }
  }

  @Test
  void aClearTrendIsFollowedToTheEndOfTheColdStart() {
    service.rate(60).desired(1);
    int base = follow().replicas();
    service.slope(2, 0.7).coldStart(15);
    assertThat(follow().term()).as("2.9 errors are chance").isEqualTo(Term.BASE);
    service.slope(2, 0.6);
    Decision decision = follow();
    assertThat(decision.term()).isEqualTo(Term.TREND);
    service.rate(60 + 2 * 17).standardError(0).slope(0, 1);
    assertThat(new Scaler(ScaleSettings.of(PROMISE, 1, 20)).decide(service.now()).replicas())
        .isEqualTo(decision.replicas())
        .isGreaterThan(base);
  }

  @Test
  void aTrendIsHeldForTwentySecondsOnly() {
    service.rate(60).desired(1).slope(2, 0.1);
    int high = follow().replicas();
    service.slope(0, 0.1);
    for (int i = 0; i < 10; i++) {
      assertThat(follow().replicas()).isEqualTo(high);
    }
    Decision sunk = follow();
    assertThat(sunk.replicas()).isLessThan(high);
    assertThat(sunk.term()).isEqualTo(Term.BASE);
  }

  @Test
  void theLastHalfMinuteMustBeClearer() {
    service.rate(60).desired(1);
    follow();
    service.halfMinuteSlope(3.9, 1);
    assertThat(follow().term()).isEqualTo(Term.BASE);
    service.halfMinuteSlope(4.1, 1);
    assertThat(follow().term()).isEqualTo(Term.TREND);
  }

  /// 60/s at 6 slots of 10/s each: what waits grows no more, and 200 are to be served in 10 s.
  @Test
  void aBacklogIsServedInTenSeconds() {
    service.rate(60).standardError(0).desired(6).ready(6).queued(6).coldStart(15);
    assertThat(tick().term()).as("no more wait than there are slots").isEqualTo(Term.BASE);
    service.queued(200);
    Decision decision = tick();
    assertThat(decision.term()).isEqualTo(Term.BACKLOG);
    assertThat(decision.replicas()).isEqualTo(8);
    service.queued(300);
    assertThat(tick().replicas()).isEqualTo(9);
  }

  /// The queue grows by 30/s for 15 s; two that are ready 5 s before the new ones serve 100.
  @Test
  void pendingReplicasServeAPartOfTheBacklog() {
    service.rate(60).standardError(0).desired(3).ready(3).queued(100).coldStart(15);
    assertThat(tick().replicas()).isEqualTo((int) Math.ceil(6 + (100 + 15 * 30) / 100.0));
    scaler = new Scaler(ScaleSettings.of(PROMISE, 1, 20));
    service.desired(5);
    tick();
    service.passes(8); // and two more in each tick
    assertThat(tick().terms().backlog()).isEqualTo(12);
    assertThat(new Scaler(ScaleSettings.of(PROMISE, 1, 20)).decide(service.now()).replicas())
        .as("one that does not know since when they are pending")
        .isEqualTo(12);
  }

  @Test
  void neverMoreThanTheGreatestNumberNorFewerThanTheLeast() {
    service.rate(1000).desired(1);
    Decision decision = tick();
    assertThat(decision.replicas()).isEqualTo(20);
    assertThat(decision.term()).isEqualTo(Term.CAP);
    scaler = new Scaler(ScaleSettings.of(PROMISE, 3, 20));
    service.rate(1).desired(3).ready(3);
    assertThat(tick()).returns(3, Decision::replicas).returns(Term.FLOOR, Decision::term);
  }

  /// Just enough is not capped.
  @Test
  void theCapIsNamedOnlyWhereItBinds() {
    scaler = new Scaler(ScaleSettings.of(PROMISE, 1, 7));
    service.rate(60).standardError(0).desired(1);
    Decision just = tick();
    assertThat(just.replicas()).isEqualTo(7);
    assertThat(just.term()).isEqualTo(Term.BASE);
  }

  @Test
  void staleKnowledgeNeverTakesReplicasAway() {
    service.rate(20).desired(10).ready(10).fresh(false);
    assertThat(tick()).returns(10, Decision::replicas).returns(Term.STALE, Decision::term);
    service.fresh(true).known(59);
    assertThat(tick().replicas()).isEqualTo(10);
    service.known(60);
    assertThat(tick().replicas()).isLessThan(10);
  }

  @Test
  void staleKnowledgeMayAddReplicas() {
    service.rate(60).desired(2).ready(2).fresh(false);
    assertThat(tick())
        .returns(Term.BASE, Decision::term)
        .extracting(Decision::replicas)
        .isNotEqualTo(2);
  }

  @Test
  void withoutAnyKnowledgeTheCountStays() {
    service.rate(Double.NaN).desired(5).ready(5);
    Decision decision = tick();
    assertThat(decision).returns(5, Decision::replicas).returns(Term.STALE, Decision::term);
    assertThat(decision.words()).isEqualTo("too little known -> 5 (stale)");
    service.rate(10).work(null);
    assertThat(tick().replicas()).isEqualTo(5);
  }

  /// Requests wait although the replicas should do: the work counts as longer.
  @Test
  void waitingTeachesThatTheWorkIsLonger() {
    service.rate(60).standardError(0).desired(8).ready(8).queued(3).waits(0.41);
    for (int i = 0; i < 3; i++) {
      tick();
    }
    assertThat(tick().correction()).isCloseTo(Math.pow(1.03, 3), within(1e-9));
    for (int i = 0; i < 40; i++) {
      service.ready(20).desired(20);
      tick();
    }
    Decision decision = tick();
    assertThat(decision.correction()).isEqualTo(1.6);
    assertThat(decision.terms().base()).isEqualTo((int) Math.ceil(6 * 1.6 / .92));
    service.waits(0.4);
    tick();
    assertThat(tick().correction()).isCloseTo(1.6 * .9995, within(1e-9));
  }

  @Test
  void waitingTeachesNothingWhileReplicasArePendingOrTooFew() {
    service.rate(60).desired(10).ready(9).queued(3).waits(5);
    assertThat(tick().correction()).as("pending").isEqualTo(1);
    service.desired(3).ready(3);
    assertThat(tick().correction()).as("fewer than the base").isEqualTo(1);
  }

  @Test
  void anIdleServiceHasNoneIfItMay() {
    scaler = new Scaler(ScaleSettings.of(PROMISE, 0, 20));
    service.rate(0).desired(1).ready(1).idle(59).coldStart(15);
    assertThat(tick().replicas()).isEqualTo(1);
    service.idle(60);
    assertThat(tick()).returns(0, Decision::replicas).returns(Term.IDLE, Decision::term);
    service.coldStart(90);
    assertThat(tick().replicas()).as("as long as a cold start").isEqualTo(1);
    service.idle(90);
    assertThat(tick().replicas()).isZero();
    service.fresh(false);
    assertThat(tick().replicas()).as("stale").isEqualTo(1);
  }

  /// A service that few use: its work becomes known with the hundredth response only.
  @Test
  void anIdleServiceOfUnknownWorkHasNoneEither() {
    scaler = new Scaler(ScaleSettings.of(PROMISE, 0, 20));
    service.rate(0).work(null).desired(3).ready(3).idle(59);
    assertThat(tick()).returns(3, Decision::replicas).returns(Term.STALE, Decision::term);
    service.idle(60);
    assertThat(tick()).returns(0, Decision::replicas).returns(Term.IDLE, Decision::term);
    service.known(59);
    assertThat(tick().replicas()).as("arrivals of less than a minute").isEqualTo(3);
    service.known(100).fresh(false);
    assertThat(tick().replicas()).as("stale").isEqualTo(3);
  }

  @Test
  void anIdleServiceOfUnknownWorkKeepsTheLeastNumber() {
    scaler = new Scaler(ScaleSettings.of(PROMISE, 2, 20).withHold(300));
    service.rate(0).work(null).desired(5).ready(5).idle(299);
    assertThat(tick().replicas()).as("held").isEqualTo(5);
    service.idle(300);
    assertThat(tick()).returns(2, Decision::replicas).returns(Term.FLOOR, Decision::term);
  }

  @Test
  void otherSettingsDoNotEndTheHold() {
    service.rate(60).desired(1);
    int high = follow().replicas();
    service.rate(20);
    follow();
    scaler.become(ScaleSettings.of(PROMISE, 1, 30));
    assertThat(follow()).returns(high, Decision::replicas).returns(Term.HOLD, Decision::term);
    scaler.become(ScaleSettings.of(PROMISE, 1, 30).withHold(120));
    play(110);
    assertThat(service.now().desired()).as("a longer hold counts at once").isEqualTo(high);
    play(20);
    assertThat(service.now().desired()).isLessThan(high);
  }

  @Test
  void theFirstRequestWakesAService() {
    scaler = new Scaler(ScaleSettings.of(PROMISE, 0, 20));
    service.rate(0).desired(0).ready(0).idle(600);
    assertThat(tick().replicas()).isZero();
    service.idle(0).queued(1).work(null);
    assertThat(tick()).returns(1, Decision::replicas).returns(Term.WAKE, Decision::term);
    service.work(ObservedService.WORK);
    assertThat(tick()).returns(1, Decision::replicas);
    service.rate(60);
    assertThat(tick().replicas()).isGreaterThan(5);
  }

  @Test
  void aDecisionExplainsItself() {
    service.rate(42).standardError(3).gapScv(3.8).desired(1);
    assertThat(tick().words())
        .matches(
            "λ=42±3.0/s ca²=3.8 S=100 ms: p99 (without end|[0-9.]+ m?s) with [0-9]+,"
                + " [0-9]+ ms with [0-9]+, aim 800 ms -> [0-9]+"
                + " \\(base\\)");
    service.queued(7);
    assertThat(tick().words()).contains(" queue=7: ");
  }

  @Test
  void aPromiseThatWorkAloneBreaksSaysSo() {
    scaler = new Scaler(ScaleSettings.of(new Promise(99, 0.2), 1, 20));
    service.rate(10).desired(1);
    Decision decision = tick();
    assertThat(decision.replicas()).isLessThan(20);
    assertThat(decision.words()).endsWith("(base; the work alone breaks p99<200ms)");
  }

  @Test
  void settingsReportAllThatIsWrong() {
    assertThatThrownBy(() -> new ScaleSettings(PROMISE, 3, 2, -1, -1, 0, 1.5, -1))
        .hasMessageContaining("6 problems")
        .hasMessageContaining("max: 2 (expected: >= 1 and >= min)");
  }

  private Decision tick() {
    return service.tick(scaler);
  }

  private Decision follow() {
    return service.follow(scaler);
  }
}
