package dev.weir.proxy.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.balance.ColdRule;
import dev.weir.proxy.config.ZeroSpec;
import dev.weir.testing.FakeTicker;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How often a service is woken, and for how long its requests wait.
final class ColdStartTest {
  private static final long DEADLINE_NANOS = 30_000_000_000L;

  private final FakeTicker ticker = new FakeTicker();
  private final BlockingQueue<String> wakes = new LinkedBlockingQueue<>();
  private final ColdStart coldStart = new ColdStart("shop", ticker::nanos, wakes::add);

  @Test
  void itWakesAtOnceAndAtMostOnceASecond() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      coldStart.wake();
      assertThat(wakes.poll(10, TimeUnit.SECONDS)).isEqualTo("shop");
      ticker.advance(Duration.ofMillis(999));
      coldStart.wake();
      ticker.advance(Duration.ofMillis(1));
      assertThat(wakes).isEmpty();
    }
  }

  @Test
  void whoAskedCountsForTwoReloadsOfAPage() {
    assertThat(coldStart.isAsked()).isFalse();
    coldStart.wake();
    ticker.advance(Duration.ofMillis(5999));
    assertThat(coldStart.isAsked()).isTrue();
    ticker.advance(Duration.ofMillis(1));
    assertThat(coldStart.isAsked()).isFalse();
  }

  @Test
  void theHoldIsTheDeadlineUntilItIsSetAndNeverLonger() {
    assertThat(rule()).isEqualTo(new ColdRule(true, DEADLINE_NANOS, false));
    coldStart.become(12, "");
    assertThat(rule()).isEqualTo(new ColdRule(true, 12_000_000_000L, false));
    coldStart.become(90, "no such image");
    assertThat(rule()).isEqualTo(new ColdRule(true, DEADLINE_NANOS, true));
    coldStart.started();
    assertThat(rule().isFailed()).isFalse();
    assertThat(coldStart.rule(null, DEADLINE_NANOS)).isEqualTo(ColdRule.NONE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> coldStart.become(-1, ""))
        .withMessage("hold: -1.0 (expected: >= 0 s)");
    assertThatIllegalArgumentException().isThrownBy(() -> coldStart.become(Double.NaN, ""));
  }

  private ColdRule rule() {
    return coldStart.rule(ZeroSpec.DEFAULTS, DEADLINE_NANOS);
  }
}
