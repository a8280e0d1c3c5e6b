package dev.weir.console.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/// A browser that reads the stream. What it has not read yet is bounded: a viewer that falls behind
/// is cut, comes back, and gets a snapshot. Used on the event loop alone.
final class Viewer {
  private static final long BEHIND_BYTES_MAX = 1 << 20;

  private final Channel channel;
  private final Session session;
  private final Limits limits;
  private final long bytesMax;
  private long pending;
  private long progressNanos = System.nanoTime();

  /// @param firstBytes what it gets at once
  Viewer(Channel channel, Session session, Limits limits, long firstBytes) {
    this.channel = channel;
    this.session = session;
    this.limits = limits;
    this.bytesMax = firstBytes + BEHIND_BYTES_MAX;
  }

  Session session() {
    return session;
  }

  Channel channel() {
    return channel;
  }

  /// Sends bytes that other viewers share.
  void send(ByteBuf shared) {
    int size = shared.readableBytes();
    if (pending + size > bytesMax) {
      var _ = channel.close();
      return;
    }
    pending += size;
    var _ =
        channel
            .writeAndFlush(shared.retainedDuplicate())
            .addListener(_ -> {
              pending -= size;
              progressNanos = System.nanoTime();
              if (pending == 0) {
                limits.sent(channel);
              }
            });
  }

  /// How many bytes wait for it.
  long pending() {
    return pending;
  }

  /// Whether bytes have waited for so long that nobody reads them.
  boolean isStuck(long limitNanos) {
    return pending > 0 && System.nanoTime() - progressNanos > limitNanos;
  }
}
