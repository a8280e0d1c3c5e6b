package dev.weir.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The pauses between connections that are refused.
final class RetryBackoffTest {
  /// Pauses grow, so that what waits does not hammer replicas that are down, and stay short enough
  /// for those that come back.
  @Test
  void pausesGrowAndStayBelowHalfASecond() {
    var attempts = new RetryBackoff();
    for (int i = 0; i < 2; i++) {
      attempts.refused();
      assertThat(attempts.pauseMillis()).isZero();
    }
    for (int i = 0; i < 40; i++) {
      attempts.refused();
      assertThat(attempts.pauseMillis()).isBetween(10L, TimeUnit.SECONDS.toMillis(1) / 2);
    }
    assertThat(attempts.pauseMillis()).isGreaterThanOrEqualTo(320);
  }
}
