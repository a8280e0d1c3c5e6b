package dev.weir.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;

/// How what is sent on a connection ends: always after all that was written before.
final class Output {
  private Output() {}

  /// Sends what was written to `channel`, then does `task`.
  static void flushThen(Channel channel, Runnable task) {
    var _ = channel.writeAndFlush(channel.alloc().buffer(0)).addListener(_ -> task.run());
  }

  /// Sends what was written, then the end of the stream; the other end may go on sending.
  static void end(Channel channel) {
    flushThen(channel, () -> shutDown(channel));
  }

  /// Sends what was written, then closes.
  static void close(Channel channel) {
    var _ =
        channel.writeAndFlush(channel.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
  }

  /// Sends the end of the stream, or closes what has no stream left.
  static void shutDown(Channel channel) {
    if (channel instanceof DuplexChannel duplex && channel.isActive()) {
      var _ = duplex.shutdownOutput();
    } else {
      var _ = channel.close();
    }
  }
}
