package dev.weir.balance.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testing.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Known levels and counts in, knee out.
final class LimitLearnerTest {
  private static final long MILLI = 1_000_000L;
  private static final int MAX = 1_000_000;

  private static final long SEED = 1;

  /// The same in every run, so that a failure repeats.
  private final RandomGenerator random = new SplittableRandom(SEED);

  private long nowNanos;

  @Test
  void aLimitStartsOpenAndStaysSoWithoutEvidence() {
    var learner = new LimitLearner(new KneePool(1, List.of(), 0), MAX, 0);
    assertThat(learner.isOpen()).isTrue();
    assertThat(learner.slots()).isEqualTo(MAX);
    assertThat(learner.why(0)).isEqualTo("open: nothing speaks against more");
  }

  /// rate(n) = r min(n, c), known levels: it finds c for any r.
  @Test
  void theKneeOfAServerIsFound() {
    for (int knee : new int[] {1, 2, 4, 8, 16}) {
      for (double meanMillis : new double[] {5, 200}) {
        LimitLearner learner = played(knee, meanMillis, 40_000);
        assertThat(learner.isOpen()).as("knee %d", knee).isFalse();
        assertThat(learner.settled()).as("knee %d", knee).isBetween(knee, knee + 1 + knee / 4);
      }
    }
  }

  @Test
  void aServerWithoutAKneeStaysOpen() {
    assertThat(played(MAX, 50, 40_000).isOpen()).isTrue();
  }

  /// The knee moves from 1 to 8 and back: the limit follows.
  @Test
  void aKneeThatMovesIsFollowed() {
    var pool = new KneePool(1, List.of(), 0);
    var learner = new LimitLearner(pool, MAX, 0);
    play(learner, pool, 1, 20, 20_000, random);
    assertThat(learner.settled()).isEqualTo(1);
    play(learner, pool, 8, 20, 60_000, random);
    assertThat(learner.isOpen() || learner.settled() >= 8).as(learner.why(nowNanos)).isTrue();
    play(learner, pool, 1, 20, 60_000, random);
    assertThat(learner.settled()).isEqualTo(1);
  }

  /// A new replica starts with what the others showed.
  @Test
  void oneThatJoinsKnowsWhatTheOthersKnow() {
    var pool = new KneePool(1, List.of(), 0);
    play(new LimitLearner(pool, MAX, 0), pool, 2, 20, 20_000, random);
    assertThat(new LimitLearner(pool, MAX, nowNanos).settled()).isBetween(2, 3);
  }

  /// What another balancer knew closes nothing by itself, but half a second's worth of counts does.
  @Test
  void whatWasKnownBeforeIsAPrior() {
    var before = new KneePool(1, List.of(), 0);
    play(new LimitLearner(before, MAX, 0), before, 2, 20, 20_000, random);
    var pool = new KneePool(1, before.evidence().prior(), nowNanos);
    var learner = new LimitLearner(pool, MAX, nowNanos);
    assertThat(learner.isOpen()).isTrue();
    play(learner, pool, 2, 20, 1_500, random);
    assertThat(learner.isOpen()).isFalse();
  }

  /// Four declared cores are a leaning and no limit; if the truth is another, the learner finds it.
  @Test
  void reportedCoresAreAPrior() {
    var pool = new KneePool(4, List.of(), 0);
    var learner = new LimitLearner(pool, MAX, 0);
    assertThat(learner.isOpen()).isTrue();
    play(learner, pool, 1, 20, 20_000, random);
    assertThat(learner.settled()).isEqualTo(1);
  }

  /// Full replicas complete a quarter of what they did: the limit opens within a hundred
  /// completions, and stays open for a while.
  @Test
  void aLimitThatCostsThroughputIsTakenBack() {
    var pool = new KneePool(1, List.of(), 0);
    var learner = new LimitLearner(pool, MAX, 0);
    play(learner, pool, 2, 20, 20_000, random);
    assertThat(learner.isOpen()).isFalse();
    play(learner, pool, 2, 80, 100, random);
    assertThat(learner.isOpen()).isTrue();
    assertThat(learner.why(nowNanos)).startsWith("open: full replicas completed less");
  }

  /// Nothing comes back at all, as when long polls hold every slot: time alone opens the limit.
  @Test
  void aLimitThatStopsEverythingIsTakenBack() {
    var pool = new KneePool(1, List.of(), 0);
    var learner = new LimitLearner(pool, MAX, 0);
    play(learner, pool, 2, 20, 20_000, random);
    for (int i = 0; i < 20; i++) {
      nowNanos += 100 * MILLI;
      learner.spent(2, 100 * MILLI);
      pool.review(nowNanos);
    }
    assertThat(learner.isOpen()).isTrue();
  }

  /// Whatever the counts, the limit is at least one, never throws, and once nothing is completed at
  /// it any more, it opens.
  @Test
  void noSequenceOfCountsLeavesAReplicaStuck() {
    Seeds.forAll(
        200,
        random -> {
          nowNanos = 0;
          var pool = new KneePool(1, List.of(), 0);
          var learner = new LimitLearner(pool, MAX, 0);
          for (int phase = 0; phase < 6; phase++) {
            int knee = 1 << random.nextInt(8);
            double mean = Math.exp(random.nextDouble(Math.log(500)));
            pool.variability(random.nextInt(20));
            play(learner, pool, knee, mean, 1 + random.nextInt(2_000), random);
            assertThat(learner.slots()).isPositive();
            assertThat(learner.knee()).isPositive();
          }
          long untilNanos = nowNanos + 3_600_000 * MILLI;
          while (!learner.isOpen() && nowNanos < untilNanos) {
            nowNanos += 100 * MILLI;
            learner.spent(learner.settled(), 100 * MILLI);
            pool.review(nowNanos);
          }
          assertThat(learner.isOpen()).as(learner.why(nowNanos)).isTrue();
        });
  }

  /// A steady server's limit does not swing: it changes a few times in an hour, most of them at the
  /// beginning.
  @Test
  void theLimitOfASteadyServerRests() {
    Seeds.forAll(
        20,
        random -> {
          nowNanos = 0;
          var pool = new KneePool(1, List.of(), 0);
          var learner = new LimitLearner(pool, MAX, 0);
          int changes = 0;
          int before = 0;
          for (int minute = 0; minute < 60; minute++) {
            play(learner, pool, 4, 50, 1_000, random);
            int now = learner.isOpen() ? 0 : learner.settled();
            changes += now == before ? 0 : 1;
            before = now;
          }
          assertThat(changes).isBetween(1, 8);
          assertThat(before).isBetween(4, 5);
        });
  }

  private LimitLearner played(int knee, double meanMillis, int events) {
    nowNanos = 0;
    var pool = new KneePool(1, List.of(), 0);
    var learner = new LimitLearner(pool, MAX, 0);
    play(learner, pool, knee, meanMillis, events, random);
    return learner;
  }

  /// A birth-death process M/M/c at 90 % load with `knee` servers (or ten in flight on average
  /// without a knee) that keeps to the learner's limit.
  private void play(
      LimitLearner learner,
      KneePool pool,
      int knee,
      double meanMillis,
      int events,
      RandomGenerator random) {
    double perServer = 1 / (meanMillis * MILLI);
    double arrivals = (knee == MAX ? 10 : .9 * knee) * perServer;
    int inFlight = 0;
    int waiting = 0;
    for (int i = 0; i < events; i++) {
      double departures = Math.min(inFlight, knee) * perServer;
      double all = arrivals + departures;
      long elapsedNanos = (long) (-Math.log(1 - random.nextDouble()) / all);
      nowNanos += elapsedNanos;
      if (inFlight > 0) {
        learner.spent(inFlight, elapsedNanos);
      }
      if (random.nextDouble() * all < arrivals) {
        waiting++;
      } else {
        learner.ended(inFlight--, true);
      }
      while (waiting > 0 && inFlight < learner.slots()) {
        waiting--;
        inFlight++;
      }
      pool.review(nowNanos);
    }
  }
}
