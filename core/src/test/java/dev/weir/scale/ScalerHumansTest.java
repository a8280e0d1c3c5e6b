package dev.weir.scale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What becomes of a number of replicas that someone else set, one tick after the other.
final class ScalerHumansTest {
  private static final Promise PROMISE = new Promise(99, 1);

  private final ObservedService service = new ObservedService();
  private Scaler scaler = new Scaler(ScaleSettings.of(PROMISE, 1, 20));

  @Test
  void whatAHumanSetsIsTheLeastForTenMinutes() {
    service.rate(20).desired(1);
    int own = follow().replicas();
    service.desired(12).ready(12);
    Decision decision = tick();
    assertThat(decision).returns(12, Decision::replicas).returns(Term.HUMAN, Decision::term);
    service.passes(595);
    assertThat(tick().replicas()).isEqualTo(12);
    service.passes(5);
    assertThat(tick().replicas()).isEqualTo(own);
  }

  /// As by a deploy that resets the count: the need of now counts at once, that of before does not.
  @Test
  void aLowerCountThatSomeoneSetIsNotHeldAgainstTheNeed() {
    service.rate(100).desired(1);
    follow();
    service.rate(40);
    follow();
    service.desired(2).ready(2);
    Decision decision = tick();
    assertThat(decision.term()).isEqualTo(Term.BASE);
    assertThat(decision.terms().human()).isEqualTo(2);
    assertThat(decision.replicas()).isBetween(5, 7);
  }

  /// The mark shows that the count alone was changed: by `docker service scale`, not by a deploy.
  @Test
  void aLowerCountSetByHandIsKeptForTwoMinutes() {
    service.rate(40).desired(6).ready(6).mark("6@a.1");
    int own = follow().replicas();
    service.desired(2).ready(2);
    assertThat(tick()).returns(2, Decision::replicas).returns(Term.HUMAN, Decision::term);
    service.passes(114);
    assertThat(tick().replicas()).isEqualTo(2);
    service.passes(2);
    assertThat(tick()).returns(own, Decision::replicas).returns(Term.BASE, Decision::term);
  }

  /// A changed label is no reason to take an old number for a new one.
  @Test
  void otherSettingsKeepWhatIsKnownOfHumans() {
    service.rate(20).desired(6).ready(6).mark("6@a.1");
    tick();
    service.desired(9).ready(9);
    tick();
    service.passes(560);
    scaler.become(ScaleSettings.of(PROMISE, 1, 15));
    assertThat(tick()).returns(9, Decision::replicas).returns(Term.HUMAN, Decision::term);
    service.passes(40);
    assertThat(tick().terms().human()).isZero();
  }

  @Test
  void aHumanDoesNotLowerTheFloor() {
    scaler = new Scaler(ScaleSettings.of(PROMISE, 3, 20));
    service.rate(40).desired(6).ready(6).mark("6@a.1");
    follow();
    service.desired(1).ready(1);
    assertThat(tick()).returns(3, Decision::replicas).returns(Term.FLOOR, Decision::term);
  }

  @Test
  void aMarkTellsWhichBalancerSetACount() {
    service.rate(40).desired(6).ready(6).mark("6@a.1");
    tick();
    service.desired(11).ready(11).mark("11@b.1");
    assertThat(tick().terms().human()).as("set by another balancer").isZero();
    service.desired(12).ready(12);
    assertThat(tick().terms().human()).as("no new mark").isEqualTo(12);
    service.desired(9).ready(9).mark("");
    assertThat(tick().terms().human()).as("a deploy removes the mark").isEqualTo(9);
  }

  @Test
  void aCountThatDiffersFromItsMarkWasSetBeforeTheStart() {
    service.rate(20).desired(9).ready(9).mark("6@a.1");
    assertThat(tick()).returns(9, Decision::replicas).returns(Term.HUMAN, Decision::term);
  }

  @Test
  void ownChangesAreNoHumans() {
    service.rate(60).desired(1);
    int wanted = tick().replicas();
    service.passes(2);
    assertThat(tick().terms().human()).as("not seen in the swarm yet").isZero();
    service.rate(80);
    int more = tick().replicas();
    service.desired(wanted).ready(wanted);
    assertThat(tick().terms().human()).as("the one before the last").isZero();
    service.desired(more).ready(more);
    assertThat(tick().terms().human()).isZero();
    service.desired(more + 1);
    assertThat(tick().terms().human()).isEqualTo(more + 1);
  }

  @Test
  void aHumanDoesNotLiftTheCap() {
    service.rate(20).desired(1);
    follow();
    service.desired(25).ready(25);
    assertThat(tick()).returns(20, Decision::replicas).returns(Term.CAP, Decision::term);
  }

  @Test
  void aServiceThatSomeoneStoppedStaysStopped() {
    service.rate(20).desired(0).ready(0).queued(3);
    assertThat(tick()).returns(0, Decision::replicas).returns(Term.HUMAN, Decision::term);
    service.desired(1);
    assertThat(tick().replicas()).isGreaterThan(1);
  }

  /// Whoever ends scaling to zero with a label wants the new least number.
  @Test
  void aServiceThatRestedGetsItsNewLeastNumber() {
    scaler = new Scaler(ScaleSettings.of(PROMISE, 0, 20));
    service.rate(0).desired(0).ready(0).idle(600).mark("0@a.1");
    assertThat(tick()).returns(0, Decision::replicas).returns(Term.IDLE, Decision::term);
    scaler.become(ScaleSettings.of(PROMISE, 2, 20));
    assertThat(tick()).returns(2, Decision::replicas).returns(Term.FLOOR, Decision::term);
    scaler = new Scaler(ScaleSettings.of(PROMISE, 2, 20));
    assertThat(tick().replicas()).as("after a restart of the balancer").isEqualTo(2);
  }

  @Test
  void aServiceThatSomeoneStoppedAgainStaysStopped() {
    scaler = new Scaler(ScaleSettings.of(PROMISE, 0, 20));
    service.rate(0).desired(0).ready(0).idle(600).mark("0@a.1");
    tick();
    service.desired(3);
    tick();
    service.desired(0);
    tick();
    scaler.become(ScaleSettings.of(PROMISE, 2, 20));
    assertThat(tick()).returns(0, Decision::replicas).returns(Term.HUMAN, Decision::term);
  }

  private Decision tick() {
    return service.tick(scaler);
  }

  private Decision follow() {
    return service.follow(scaler);
  }
}
