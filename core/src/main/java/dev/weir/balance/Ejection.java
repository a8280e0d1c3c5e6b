package dev.weir.balance;

/// Whether a replica is left out because it failed. When the time is up, one request tries the
/// replica; while the replica keeps failing, the time doubles.
final class Ejection {
  private static final long LONGEST_NANOS = 30_000_000_000L;
  private static final int DOUBLINGS_MAX = 30;

  /// The state of an ejection.
  private enum State {
    IN,
    OUT,
    /// The time is up; one request may try it.
    DUE,
    /// That request is under way.
    TRIED
  }

  private final long firstNanos;
  private State state = State.IN;
  private int inRow;
  private long sinceNanos;
  private long untilNanos;

  Ejection(long firstNanos) {
    this.firstNanos = firstNanos;
  }

  /// Whether the policy may pick it.
  boolean isEligible() {
    return state == State.IN || state == State.DUE;
  }

  /// Whether it failed and has not responded since.
  boolean isOut() {
    return state != State.IN;
  }

  /// Lets one request try it once the time is up. Returns whether anything changed.
  boolean tick(long nowNanos) {
    if (state == State.OUT && nowNanos - untilNanos >= 0) {
      state = State.DUE;
      return true;
    }
    return false;
  }

  /// The policy picked it. Returns whether that changed its eligibility.
  boolean picked() {
    if (state == State.DUE) {
      state = State.TRIED;
      return true;
    }
    return false;
  }

  /// A lease taken at `startNanos` ended. Returns whether that changed its eligibility.
  boolean ended(long startNanos, Outcome outcome, long nowNanos) {
    return switch (outcome) {
      case FAILED -> failed(startNanos, nowNanos);
      case SUCCEEDED, ERRED -> succeeded(startNanos);
      case IGNORED -> ignored(startNanos);
    };
  }

  /*
   * When many leases fail together, as when a connection breaks under all of them, only the first
   * counts: the others started before it and show nothing new.
   */
  private boolean failed(long startNanos, long nowNanos) {
    if (firstNanos == 0 || (state != State.IN && startNanos - sinceNanos < 0)) {
      return false;
    }
    if (state == State.OUT) {
      return false;
    }
    boolean wasEligible = isEligible();
    int doublings = Math.min(DOUBLINGS_MAX, inRow++);
    long longestNanos = Math.max(firstNanos, LONGEST_NANOS);
    long outNanos = Math.min(longestNanos, firstNanos << Math.min(doublings, shiftMax()));
    sinceNanos = nowNanos;
    untilNanos = nowNanos + outNanos;
    state = State.OUT;
    return wasEligible;
  }

  private int shiftMax() {
    return Long.numberOfLeadingZeros(firstNanos) - 1;
  }

  private boolean succeeded(long startNanos) {
    if (state != State.IN && startNanos - sinceNanos < 0) {
      return false;
    }
    boolean wasEligible = isEligible();
    state = State.IN;
    inRow = 0;
    return !wasEligible;
  }

  private boolean ignored(long startNanos) {
    if (state == State.TRIED && startNanos - sinceNanos >= 0) {
      state = State.DUE;
      return true;
    }
    return false;
  }
}
