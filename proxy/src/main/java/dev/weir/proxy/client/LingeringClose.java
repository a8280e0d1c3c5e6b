package dev.weir.proxy.client;

import dev.weir.proxy.socket.Output;
import dev.weir.proxy.worker.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;

/// Closes a client's connection so that the last response arrives, and so that the client cannot
/// mistake half a response for the whole.
///
/// Closing with unread bytes resets the connection, and a reset may destroy a response on its way.
/// So the response is ended first, and further bytes are read and dropped for a while.
final class LingeringClose {
  private static final long LINGER_NANOS = 1_000_000_000L;
  private static final long LINGER_BYTES_MAX = 4 << 20;

  private final Worker worker;
  private final Channel channel;
  private boolean begun;
  private boolean clientEnded;
  private boolean lingering;
  private long sinceNanos;
  private long droppedBytes;

  LingeringClose(Worker worker, Channel channel) {
    this.worker = worker;
    this.channel = channel;
  }

  /// Whether the connection takes no more requests.
  boolean hasBegun() {
    return begun;
  }

  void begin() {
    begun = true;
    sinceNanos = worker.nowNanos();
  }

  /// The client closed its side: it sends no more.
  void clientEnded() {
    clientEnded = true;
    if (lingering) {
      var _ = channel.close();
    }
  }

  /// Whether the client has closed its side.
  boolean hasClientEnded() {
    return clientEnded;
  }

  /// Sends what was written, then the end of the stream; closes when the client has ended its side
  /// too, or after a while. Call it once closing has begun.
  void endAndLinger() {
    Output.flushThen(channel, this::linger);
  }

  private void linger() {
    lingering = true;
    sinceNanos = worker.nowNanos();
    if (clientEnded) {
      var _ = channel.close();
    } else {
      Output.shutDown(channel);
    }
  }

  /// Sends what was written, then closes.
  void closeAfterFlush() {
    begin();
    Output.close(channel);
  }

  /// Closes at once, in a way that shows the client that its response is incomplete.
  void reset() {
    if (channel.isActive()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    var _ = channel.close();
  }

  /// Bytes came after the end; they are dropped.
  void drop(ByteBuf in) {
    droppedBytes += in.readableBytes();
    in.release();
    if (droppedBytes > LINGER_BYTES_MAX) {
      var _ = channel.close();
    }
  }

  /// Closes a connection that has lingered long enough or takes too long over its last response.
  void sweep(long nowNanos) {
    long allowedNanos =
        lingering ? LINGER_NANOS : worker.settings().timeouts().responses().head().toNanos();
    if (nowNanos - sinceNanos > allowedNanos) {
      var _ = channel.close();
    }
  }
}
