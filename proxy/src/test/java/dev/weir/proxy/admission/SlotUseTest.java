package dev.weir.proxy.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The account of a lease, with explicit instants.
class SlotUseTest {
  private static final long MILLI = 1_000_000;
  private static final long PATIENCE = 800 * MILLI;

  private final SlotUse use = new SlotUse();
  private long now = 7_000 * MILLI;

  private void begin(boolean clientsTurn) {
    use.begin(clientsTurn, now);
  }

  /// One side has its turn for a while.
  private void turn(boolean clients, long millis) {
    use.turn(clients, now);
    now += millis * MILLI;
  }

  private @Nullable EarlyRelease unused(boolean responding) {
    return use.unused(responding, PATIENCE, now);
  }

  @Test
  void theClientsTurnEndsTheLeaseAfterAWhile() {
    begin(true);
    turn(true, 199);
    assertThat(unused(false)).isNull();
    turn(true, 1);
    assertThat(unused(false)).isEqualTo(EarlyRelease.CLIENT);
  }

  @Test
  void bytesThatTrickleChangeNothing() {
    begin(true);
    for (int i = 0; i < 2; i++) {
      turn(true, 100); // a byte comes and goes on, and it is the client's turn as before
      use.heard(now);
    }
    assertThat(unused(true)).isEqualTo(EarlyRelease.CLIENT);
  }

  @Test
  void shortTurnsOfAReplicaThatMostlyWaitsAddUp() {
    begin(true);
    int rounds = 0;
    while (unused(true) == null) {
      turn(true, 90);
      turn(false, 10);
      rounds++;
    }
    assertThat(rounds).isEqualTo(3);
  }

  @Test
  void aReplicaThatWorksHalfOfTheTimeKeepsItsSlot() {
    begin(true);
    for (int i = 0; i < 10_000; i++) {
      turn(true, 50);
      turn(false, 50);
      assertThat(unused(true)).isNull();
    }
  }

  @Test
  void workIsNotSavedUp() {
    begin(false);
    turn(false, 60_000);
    turn(true, 200);
    assertThat(unused(false)).isEqualTo(EarlyRelease.CLIENT);
  }

  @Test
  void askingMoreOftenChangesNothing() {
    begin(true);
    for (int i = 0; i < 199; i++) {
      turn(true, 1);
      assertThat(unused(false)).isNull();
    }
    turn(true, 1);
    assertThat(unused(false)).isEqualTo(EarlyRelease.CLIENT);
  }

  @Test
  void aSilentReplicaIsIdleOnlyWithinItsResponse() {
    begin(false);
    turn(false, 60_000);
    assertThat(unused(false)).isNull();
    use.heard(now);
    turn(false, 800);
    assertThat(unused(true)).isNull();
    turn(false, 1);
    assertThat(unused(true)).isEqualTo(EarlyRelease.IDLE);
  }

  @Test
  void whatTheClientHoldsUpIsNoSilenceOfTheReplica() {
    begin(false);
    for (int i = 0; i < 20; i++) {
      turn(false, 100);
      turn(true, 100);
    }
    assertThat(unused(true)).isNull();
  }

  @Test
  void anotherLeaseIsAnotherAccount() {
    begin(true);
    turn(true, 500);
    begin(true);
    assertThat(unused(false)).isNull();
  }

  @Test
  void patienceIsSeveralServiceTimesWithinBounds() {
    assertThat(SlotUse.patienceNanos(Double.NaN)).isEqualTo(1000 * MILLI);
    assertThat(SlotUse.patienceNanos(0)).isEqualTo(200 * MILLI);
    assertThat(SlotUse.patienceNanos(5.0 * MILLI)).isEqualTo(200 * MILLI);
    assertThat(SlotUse.patienceNanos(2000.0 * MILLI)).isEqualTo(8000 * MILLI);
    assertThat(SlotUse.patienceNanos(3_600_000.0 * MILLI)).isEqualTo(30_000 * MILLI);
  }
}
