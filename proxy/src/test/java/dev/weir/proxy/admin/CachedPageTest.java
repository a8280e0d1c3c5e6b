package dev.weir.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.proxy.SingleLoop;
import dev.weir.proxy.admin.AdminPages.Page;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A page is rendered for all who wait, and seldom.
@Timeout(60)
final class CachedPageTest {
  private static final int ASKED = 1000;

  @AutoClose private final SingleLoop single = new SingleLoop();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger renderings = new AtomicInteger();
  private final List<String> taken = new ArrayList<>();

  @Test
  void manyShareOneRendering() throws Exception {
    EventLoop loop = single.loop();
    var all = new CountDownLatch(ASKED);
    var page = new CachedPage(this::render, loop, nanos::get);
    loop.execute(() -> {
      for (int i = 0; i < ASKED; i++) {
        page.ask((_, body) -> {
          taken.add(body.toString(StandardCharsets.US_ASCII));
          body.release();
          all.countDown();
        });
      }
    });
    assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
    // The first was alone; the others had to wait until a tenth of the time allowed another.
    assertThat(renderings).hasValue(2);
    assertThat(taken.getFirst()).isEqualTo("page 1");
    assertThat(taken.subList(1, ASKED)).containsOnly("page 2");
  }

  private Page render() {
    nanos.addAndGet(2_000_000);
    return new Page(
        "text/plain", ("page " + renderings.incrementAndGet()).getBytes(StandardCharsets.US_ASCII));
  }
}
