package dev.weir.proxy.admin;

import dev.weir.base.Ticker;
import dev.weir.proxy.admin.AdminPages.Page;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A page that is costly to render. Requests that come soon after a rendering wait for the next one
/// and share it. So a page is never older than its request, and rendering takes at most a tenth of
/// the loop's time.
final class CachedPage {
  private static final long GAP_NANOS_MIN = 10_000_000;
  private static final int GAP_PER_RENDERING = 9;

  private final Supplier<@Nullable Page> source;
  private final EventLoop loop;
  private final Ticker ticker;
  private List<BiConsumer<Page, ByteBuf>> waiting = new ArrayList<>();
  private long dueNanos;

  CachedPage(Supplier<@Nullable Page> source, EventLoop loop, Ticker ticker) {
    this.source = source;
    this.loop = loop;
    this.ticker = ticker;
    this.dueNanos = ticker.nanos();
  }

  /// Hands the page to `taker`, which owns the bytes. Must be called on the loop.
  void ask(BiConsumer<Page, ByteBuf> taker) {
    waiting.add(taker);
    if (waiting.size() > 1) {
      return;
    }
    long leftNanos = dueNanos - ticker.nanos();
    if (leftNanos <= 0) {
      render();
    } else {
      var _ = loop.schedule(this::render, leftNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void render() {
    List<BiConsumer<Page, ByteBuf>> takers = waiting;
    waiting = new ArrayList<>();
    long startNanos = ticker.nanos();
    try {
      Page page = source.get();
      if (page != null) {
        give(page, takers);
      }
    } finally {
      long nowNanos = ticker.nanos();
      dueNanos = nowNanos + Math.max(GAP_NANOS_MIN, GAP_PER_RENDERING * (nowNanos - startNanos));
    }
  }

  /// Hands a page to one taker.
  static void give(Page page, BiConsumer<Page, ByteBuf> taker) {
    give(page, List.of(taker));
  }

  /// All takers share one copy outside of the heap; otherwise the transport would make one for
  /// each.
  private static void give(Page page, List<BiConsumer<Page, ByteBuf>> takers) {
    ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(1, page.body().length));
    try {
      bytes.writeBytes(page.body());
      takers.forEach(taker -> taker.accept(page, bytes.retainedDuplicate()));
    } finally {
      bytes.release();
    }
  }
}
