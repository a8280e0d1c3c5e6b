package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.balance.PolicySpec;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Event loops: what is theirs alone, and what becomes of one that does not serve.
@Timeout(60)
final class WatchdogTest {
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, Transport.best().handlers());
  private final EventLoop loop = group.next();
  private final List<Integer> ends = new ArrayList<>();
  private final Watchdog watchdog = new Watchdog((code, _) -> ends.add(code));

  @AfterEach
  void close() throws InterruptedException {
    watchdog.close();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
  }

  @Test
  void loopThatHangsIsUnhealthyThenEndsTheProcess() throws Exception {
    var release = new CountDownLatch(1);
    watchdog.watch(loop, () -> {});
    loop.execute(() -> awaitQuietly(release));
    rounds(Watchdog.ROUNDS_TO_LATE);
    assertThat(watchdog.isHealthy()).isTrue();
    rounds(1);
    assertThat(watchdog.isHealthy()).isFalse();
    assertThat(ends).isEmpty();
    release.countDown();
    settle();
    assertThat(watchdog.isHealthy()).isTrue();
    var never = new CountDownLatch(1);
    loop.execute(() -> awaitQuietly(never));
    rounds(Watchdog.ROUNDS_TO_DEAD + 1);
    assertThat(ends).containsExactly(FatalExit.LOOP_DEAD);
    never.countDown();
  }

  /// What a loop that turns but does not serve looks like: its beat throws.
  @Test
  void loopWhoseBeatFailsEndsTheProcess() throws Exception {
    watchdog.watch(
        loop,
        () -> {
          throw new IllegalStateException("as planted");
        });
    rounds(1);
    settle();
    rounds(Watchdog.ROUNDS_TO_DEAD);
    assertThat(ends).containsExactly(FatalExit.LOOP_DEAD);
  }

  @Test
  void loopThatEndedEndsTheProcess() throws Exception {
    watchdog.watch(loop, () -> {});
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    rounds(Watchdog.ROUNDS_TO_DEAD + 1);
    assertThat(ends).containsExactly(FatalExit.LOOP_DEAD);
  }

  @Test
  void whatBelongsToALoopIsNotTouchedFromElsewhere() throws Exception {
    var needs =
        new Worker.Needs(
            new RateLimitedLog(System::nanoTime), (_, _) -> {}, System::nanoTime, 8L << 20);
    try (var reach = new UpstreamConnector(Transport.best())) {
      var worker = new Worker(loop, Proxies.settings(PolicySpec.WEIR), reach, needs);
      assertThatThrownBy(() -> worker.flushLater(() -> {}))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  /// As when there is no descriptor left: Netty tells that on a thread of no loop.
  @Test
  void connectionThatCannotBeCreatedFailsOnItsLoop() throws Exception {
    var bootstrap =
        new Bootstrap()
            .group(loop)
            .channelFactory(() -> {
              throw new ChannelException("too many open files, as planted");
            });
    var reported = new CompletableFuture<Boolean>();
    var dial =
        new ConnectAttempt<>(
            bootstrap,
            loop,
            ChannelInboundHandlerAdapter::new,
            new ConnectAttempt.Outcome<ChannelInboundHandlerAdapter>() {
              @Override
              public void opened(ChannelInboundHandlerAdapter handler) {
                reported.completeExceptionally(new AssertionError("it opened"));
              }

              @Override
              public void failed(Throwable cause) {
                boolean _ = reported.complete(loop.inEventLoop() && !Transport.isOfPeer(cause));
              }
            });
    dial.begin(List.of(at("127.0.0.1"), at("::1")));
    assertThat(reported.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void outOfMemoryEndsTheProcessAnyoneCaughtIt() {
    FatalExit ending = (code, _) -> ends.add(code);
    ending.ifOutOfMemory(new IllegalStateException(new OutOfMemoryError("direct memory")));
    ending.ifOutOfMemory(new StackOverflowError());
    ending.ifOutOfMemory(new IllegalStateException("anything else"));
    assertThat(ends).containsExactly(FatalExit.OUT_OF_MEMORY);
  }

  private static InetSocketAddress at(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 1);
  }

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      watchdog.round();
    }
  }

  private void settle() throws Exception {
    loop.submit(() -> {}).get(20, TimeUnit.SECONDS);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      boolean _ = latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
