package dev.weir.proxy.worker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.balance.PolicySpec;
import dev.weir.proxy.Proxies;
import dev.weir.proxy.process.RateLimitedLog;
import dev.weir.proxy.socket.Transport;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What belongs to one event loop alone.
final class WorkerTest {
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, Transport.best().handlers());
  private final EventLoop loop = group.next();

  @AfterEach
  void close() throws InterruptedException {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
  }

  @Test
  void whatBelongsToALoopIsNotTouchedFromElsewhere() {
    var needs =
        new Worker.Needs(
            new RateLimitedLog(System::nanoTime), (_, _) -> {}, System::nanoTime, 8L << 20);
    var worker = new Worker(loop, Proxies.settings(PolicySpec.WEIR), needs);
    assertThatThrownBy(() -> worker.flushLater(() -> {})).isInstanceOf(IllegalStateException.class);
  }
}
