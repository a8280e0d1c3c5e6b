package dev.weir.balance.limit;

/// How many requests one replica may have in flight, and why.
public interface Limit {
  /// How many it may have now; [Integer#MAX_VALUE] for any number.
  int slots();

  /// How many it may have, without exploration; [Integer#MAX_VALUE] for any number.
  default int settled() {
    return slots();
  }

  /// How many it can work on at full speed; [Integer#MAX_VALUE] if unknown.
  int knee();

  /// Whether any number may be in flight.
  boolean isOpen();

  /// The reason for the limit, for status pages.
  String why(long nowNanos);

  /// Since when the reason holds.
  long sinceNanos();

  /// The replica had `inFlight`, at least one, for a while.
  default void spent(int inFlight, long elapsedNanos) {}

  /// One of `inFlight` requests ended; `completed` if the replica did its work.
  default void ended(int inFlight, boolean completed) {}

  /// Adapts a learned limit to the service's work.
  ///
  /// @param waived whether to leave it open at any knee
  /// @param least how many to let in at least
  default void shape(boolean waived, int least, long nowNanos) {}

  /// The replica has left the service.
  default void close() {}

  /// A limit set by hand.
  record Fixed(int slots, long sinceNanos) implements Limit {
    /// Unknown: a limit set by hand may be far above the knee.
    @Override
    public int knee() {
      return Integer.MAX_VALUE;
    }

    @Override
    public boolean isOpen() {
      return false;
    }

    @Override
    public String why(long nowNanos) {
      return "set to " + slots;
    }
  }

  /// No limit.
  record None(long sinceNanos) implements Limit {
    @Override
    public int slots() {
      return Integer.MAX_VALUE;
    }

    @Override
    public int knee() {
      return Integer.MAX_VALUE;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public String why(long nowNanos) {
      return "off";
    }
  }
}
