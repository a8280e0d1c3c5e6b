package dev.weir.proxy.worker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.balance.PolicySpec;
import dev.weir.proxy.Proxies;
import dev.weir.proxy.SingleLoop;
import dev.weir.proxy.process.RateLimitedLog;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What belongs to one event loop alone.
final class WorkerTest {
  @AutoClose private final SingleLoop single = new SingleLoop();
  private final EventLoop loop = single.loop();

  @Test
  void whatBelongsToALoopIsNotTouchedFromElsewhere() {
    var needs =
        new Worker.Needs(
            new RateLimitedLog(System::nanoTime), (_, _) -> {}, System::nanoTime, 8L << 20);
    var worker = new Worker(loop, Proxies.settings(PolicySpec.WEIR), needs);
    assertThatThrownBy(() -> worker.flushLater(() -> {})).isInstanceOf(IllegalStateException.class);
  }
}
