package dev.weir.cluster.fake;

import dev.weir.cluster.host.Waits;
import dev.weir.testing.FakeTicker;
import java.time.Duration;

/// Pauses that take no time.
public final class FakeWaits implements Waits {
  private final FakeTicker ticker = new FakeTicker();

  @Override
  public long nanos() {
    return ticker.nanos();
  }

  @Override
  public void pass(Duration time) {
    ticker.advance(time);
  }
}
