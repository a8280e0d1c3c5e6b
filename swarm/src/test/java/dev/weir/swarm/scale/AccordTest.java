package dev.weir.swarm.scale;

import static dev.weir.swarm.scale.SharedBoard.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.swarm.scale.Board.Actor;
import dev.weir.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Which of several balancers acts, while they come, go, pause and race.
final class AccordTest {
  private static final long SECOND = 1_000_000_000L;

  private final SharedBoard board = new SharedBoard();
  private final Accord one = new Accord("one");
  private final Accord two = new Accord("two");
  private long nowNanos;

  @Test
  void theFirstToAskActs() {
    assertThat(one.acts(SERVICE, nowNanos)).as("before anything is agreed").isFalse();
    board.meet(one, nowNanos);
    board.meet(two, nowNanos);
    assertThat(one.acts(SERVICE, nowNanos)).isTrue();
    assertThat(two.acts(SERVICE, nowNanos)).isFalse();
    assertThat(two.actor(SERVICE)).contains("one");
    passes(120, true, true);
    assertThat(one.acts(SERVICE, nowNanos)).isTrue();
    assertThat(two.acts(SERVICE, nowNanos)).isFalse();
  }

  /// Two seconds until the last write is seen, nine of silence, two until it is looked at again.
  @Test
  void aKilledActorIsReplacedWithinThirteenSeconds() {
    passes(20, true, true);
    int seconds = 0;
    while (!two.acts(SERVICE, nowNanos)) {
      passes(1, false, true);
      assertThat(++seconds).isLessThanOrEqualTo(13);
    }
    assertThat(seconds).isGreaterThanOrEqualTo(6);
    assertThat(board.read().actors()).containsEntry(SERVICE, new Actor("two", 2));
  }

  @Test
  void whoCannotWriteStopsBeforeTheOthersBegin() {
    passes(20, true, true);
    passes(6, false, true);
    assertThat(one.acts(SERVICE, nowNanos)).as("its own lease is over").isFalse();
    assertThat(two.acts(SERVICE, nowNanos)).as("not yet").isFalse();
    passes(20, false, true);
    assertThat(two.acts(SERVICE, nowNanos)).isTrue();
    passes(10, true, true);
    assertThat(one.acts(SERVICE, nowNanos)).as("when it is back").isFalse();
    assertThat(one.actor(SERVICE)).contains("two");
  }

  @Test
  void whoLeavesIsReplacedAtOnce() {
    passes(20, true, true);
    one.see(board.read(), nowNanos);
    assertThat(board.isWritten(one.leave(), board.version())).isTrue();
    passes(4, false, true);
    assertThat(two.acts(SERVICE, nowNanos)).isTrue();
    assertThat(board.read().members()).containsOnlyKeys("two");
  }

  @Test
  void aServiceThatItsActorNoLongerScalesGoesToAnother() {
    board.meet(one, nowNanos, "web", "api");
    board.meet(two, nowNanos, "web", "api");
    assertThat(board.read().actors()).containsEntry("api", new Actor("one", 1));
    for (int i = 0; i < 4; i++) {
      nowNanos += 4 * SECOND;
      board.meet(one, nowNanos, "web");
      board.meet(two, nowNanos, "web", "api");
    }
    assertThat(two.acts("api", nowNanos)).isTrue();
    assertThat(one.acts("web", nowNanos)).isTrue();
  }

  /// Without this, names of services that come and go would fill the board.
  @Test
  void aServiceThatNobodyScalesHasNoActor() {
    board.meet(one, nowNanos, "web", "api");
    nowNanos += 4 * SECOND;
    board.meet(one, nowNanos, "web");
    assertThat(board.read().actors()).containsOnlyKeys("web");
    assertThat(one.acts("api", nowNanos)).isFalse();
  }

  @Test
  void whoIsGoneForLongIsForgotten() {
    passes(20, true, true);
    passes(24, false, true);
    assertThat(board.read().members()).containsKey("one");
    passes(10, false, true);
    assertThat(board.read().members()).containsOnlyKeys("two");
  }

  @Test
  void loadsOfTheSilentDoNotCount() {
    passes(20, true, true);
    assertThat(two.others(SERVICE, nowNanos)).hasSize(1);
    assertThat(one.isSettled(nowNanos)).as("two came less than a minute ago").isFalse();
    passes(60, true, true);
    assertThat(one.isSettled(nowNanos)).isTrue();
    assertThat(two.isSettled(nowNanos)).isTrue();
    passes(13, false, true);
    assertThat(two.others(SERVICE, nowNanos)).isEmpty();
    assertThat(two.isSettled(nowNanos)).as("its requests go elsewhere soon").isFalse();
    passes(40, false, true);
    assertThat(two.isSettled(nowNanos)).isFalse();
    passes(60, false, true);
    assertThat(two.isSettled(nowNanos)).isTrue();
  }

  @Test
  void aPauseStaysWhoeverWrites() {
    passes(10, true, true);
    assertThat(board.isWritten(board.read().pause(SERVICE, "incident"), board.version())).isTrue();
    passes(60, true, true);
    assertThat(one.paused(SERVICE)).contains("incident");
    assertThat(board.isWritten(board.read().resume(SERVICE), board.version())).isTrue();
    passes(10, true, true);
    assertThat(two.paused(SERVICE)).isEmpty();
  }

  /// Balancers stop and go on at random, and their writes take up to two seconds.
  @Test
  void twoNeverActAtOnce() {
    Seeds.forAll(200, AccordTest::race);
  }

  private static void race(RandomGenerator random) {
    var shared = new SharedBoard();
    List<Racer> racers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      racers.add(new Racer("m" + i, shared, random));
    }
    int acted = 0;
    for (long millis = 0; millis < 200_000; millis += 100) {
      long now = millis * 1_000_000;
      racers.forEach(racer -> racer.step(now));
      long acting = racers.stream().filter(racer -> racer.accord.acts(SERVICE, now)).count();
      assertThat(acting).as("acting at %d ms", millis).isLessThanOrEqualTo(1);
      acted += (int) acting;
    }
    assertThat(acted).as("somebody acts most of the time").isGreaterThan(600);
  }

  /// A balancer that is sometimes paused, and whose writes take a while.
  private static final class Racer {
    private final Accord accord;
    private final SharedBoard shared;
    private final RandomGenerator random;
    private long pausedUntilNanos;
    private long writesAtNanos = -1;
    private long startNanos;
    private long seenVersion;
    private Board next = Board.EMPTY;

    Racer(String name, SharedBoard shared, RandomGenerator random) {
      this.accord = new Accord(name);
      this.shared = shared;
      this.random = random;
    }

    void step(long nowNanos) {
      if (writesAtNanos >= 0 && nowNanos >= writesAtNanos) {
        writesAtNanos = -1;
        if (shared.isWritten(next, seenVersion)) {
          accord.written(next, startNanos);
        }
      }
      if (nowNanos < pausedUntilNanos || writesAtNanos >= 0 || random.nextInt(20) > 0) {
        return;
      }
      if (random.nextInt(15) == 0) {
        pausedUntilNanos = nowNanos + random.nextInt(1, 25) * SECOND;
        return;
      }
      accord.see(shared.read(), nowNanos);
      if (accord.isDue(nowNanos)) {
        seenVersion = shared.version();
        next = accord.next(SharedBoard.loads(), nowNanos);
        startNanos = nowNanos;
        writesAtNanos = nowNanos + random.nextInt(2_000) * 1_000_000L;
      }
    }
  }

  /// Both look every two seconds, each only if it is there.
  private void passes(int seconds, boolean isOneThere, boolean isTwoThere) {
    for (int i = 0; i < seconds; i++) {
      if (isOneThere) {
        board.meet(one, nowNanos);
      }
      if (isTwoThere && i % 2 == 0) {
        board.meet(two, nowNanos);
      }
      nowNanos += SECOND;
    }
  }
}
