package dev.weir.testing;

import java.time.Duration;

/// A clock that stands still until a test advances it.
public final class FakeTicker {
  private long nanos;

  /// What the clock shows; a test passes `ticker::nanos`.
  public long nanos() {
    return nanos;
  }

  /// Moves the clock forward.
  public void advance(Duration duration) {
    nanos += duration.toNanos();
  }
}
