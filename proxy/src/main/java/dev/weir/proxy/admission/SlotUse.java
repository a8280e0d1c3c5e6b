package dev.weir.proxy.admission;

import org.jspecify.annotations.Nullable;

/// Compares, for one lease, how long the replica waited for the client and the client for the
/// replica. It says when the slot is no longer used.
public final class SlotUse {
  /*
   * At any instant it is one side's turn. The client's turn adds its length to a debt, the replica's
   * turn pays off as much, and the debt is never negative. So the debt reaches DEBT_NANOS_MAX when
   * the client had more than half of some stretch of time, and that much more than the replica: a
   * cumulative sum (Page, "Continuous inspection schemes", 1954), in place of a window that has to
   * be kept and slid.
   *
   * Bytes pay nothing off: a byte each 100 ms costs the replica no time, so the client's turn
   * continues.
   */
  private static final long DEBT_NANOS_MAX = 200_000_000L;

  private static final long PATIENCE_NANOS_MIN = 200_000_000L;
  private static final long PATIENCE_NANOS_UNKNOWN = 1_000_000_000L;
  private static final long PATIENCE_NANOS_MAX = 30_000_000_000L;
  private static final double PATIENCE_SERVICES = 4;

  private boolean clientsTurn;
  private long sinceNanos;
  private long heardNanos;
  private long debtNanos;

  /// How long a replica may be silent in the middle of a response before it counts as idle.
  ///
  /// @param serviceMeanNanos the service's mean time from lease to end; NaN if unknown
  static long patienceNanos(double serviceMeanNanos) {
    if (Double.isNaN(serviceMeanNanos)) {
      return PATIENCE_NANOS_UNKNOWN;
    }
    double wanted = PATIENCE_SERVICES * serviceMeanNanos;
    return Math.clamp((long) wanted, PATIENCE_NANOS_MIN, PATIENCE_NANOS_MAX);
  }

  /// A request goes to its replica: the account of a new lease starts.
  public void begin(boolean clientsTurn, long nowNanos) {
    this.clientsTurn = clientsTurn;
    sinceNanos = nowNanos;
    heardNanos = nowNanos;
    debtNanos = 0;
  }

  /// It is this side's turn now, possibly as before.
  public void turn(boolean clients, long nowNanos) {
    if (clients != clientsTurn) {
      settle(nowNanos);
      clientsTurn = clients;
      heardNanos = nowNanos; // while the client did not read, the proxy did not read the replica
    }
  }

  /// Bytes came from the replica.
  public void heard(long nowNanos) {
    heardNanos = nowNanos;
  }

  /// Why the slot should go to another request; null while it is in use.
  ///
  /// @param responding whether the head of the response was passed on
  /// @param patienceNanos how long the replica may be silent after that
  @Nullable
  public EarlyRelease unused(boolean responding, long patienceNanos, long nowNanos) {
    settle(nowNanos);
    if (debtNanos >= DEBT_NANOS_MAX) {
      return EarlyRelease.CLIENT;
    }
    boolean silent = responding && !clientsTurn && nowNanos - heardNanos > patienceNanos;
    return silent ? EarlyRelease.IDLE : null;
  }

  private void settle(long nowNanos) {
    long elapsedNanos = nowNanos - sinceNanos;
    sinceNanos = nowNanos;
    debtNanos = Math.max(0, debtNanos + (clientsTurn ? elapsedNanos : -elapsedNanos));
  }
}
