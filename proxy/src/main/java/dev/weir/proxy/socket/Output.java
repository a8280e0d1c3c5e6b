package dev.weir.proxy.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;

/// Ends a connection's output, always after all that was written before.
public final class Output {
  private Output() {}

  /// Sends what was written to `channel`, then does `task`.
  public static void flushThen(Channel channel, Runnable task) {
    var _ = channel.writeAndFlush(channel.alloc().buffer(0)).addListener(_ -> task.run());
  }

  /// Sends what was written, then the end of the stream; the other end may still send.
  public static void end(Channel channel) {
    flushThen(channel, () -> shutDown(channel));
  }

  /// Sends what was written, then closes.
  public static void close(Channel channel) {
    var _ =
        channel.writeAndFlush(channel.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
  }

  /// Sends the end of the stream, or closes a connection that has none.
  public static void shutDown(Channel channel) {
    if (channel instanceof DuplexChannel duplex && channel.isActive()) {
      var _ = duplex.shutdownOutput();
    } else {
      var _ = channel.close();
    }
  }

  /// How many bytes written to `channel` the other end has not taken.
  public static long pendingBytes(Channel channel) {
    ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
    return out == null ? 0 : out.totalPendingWriteBytes();
  }
}
