package dev.weir.proxy.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.proxy.SingleLoop;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of an event loop that does not serve.
@Timeout(60)
final class WatchdogTest {
  @AutoClose private final SingleLoop single = new SingleLoop();
  private final EventLoop loop = single.loop();
  private final List<Integer> ends = new ArrayList<>();

  @AutoClose private final Watchdog watchdog = new Watchdog((code, _) -> ends.add(code));

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
    single.close();
    rounds(Watchdog.ROUNDS_TO_DEAD + 1);
    assertThat(ends).containsExactly(FatalExit.LOOP_DEAD);
  }

  @Test
  void outOfMemoryEndsTheProcessAnyoneCaughtIt() {
    FatalExit ending = (code, _) -> ends.add(code);
    ending.ifOutOfMemory(new IllegalStateException(new OutOfMemoryError("direct memory")));
    ending.ifOutOfMemory(new StackOverflowError());
    ending.ifOutOfMemory(new IllegalStateException("anything else"));
    assertThat(ends).containsExactly(FatalExit.OUT_OF_MEMORY);
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
