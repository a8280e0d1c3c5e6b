package dev.weir.proxy.service;

import dev.weir.proxy.http.Bytes;
import dev.weir.proxy.http.MalformedException;
import dev.weir.proxy.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Requests the health path from a replica, and reports whether the response is good.
final class HealthRequest extends ChannelInboundHandlerAdapter {
  private static final int BAD_FROM = 400;

  private final byte[] request;
  private final Consumer<Boolean> response;
  // Lenient: the response is not forwarded, the connection is closed, and old programs can be
  // healthy too.
  private final ResponseHead head = new ResponseHead().lenient(true);
  private @Nullable Channel channel;
  private boolean asked;
  private boolean responded;

  HealthRequest(String host, String path, Consumer<Boolean> response) {
    request =
        Bytes.of(
            """
            GET %s HTTP/1.1\r
            Host: %s\r
            User-Agent: weir\r
            Connection: close\r
            \r
            """
                .formatted(path, host));
    this.response = response;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  /// Sends the request; call it once the connection is open.
  void ask() {
    asked = true;
    if (channel != null) {
      var _ = channel.writeAndFlush(channel.alloc().ioBuffer(request.length).writeBytes(request));
    }
  }

  void close() {
    if (channel != null) {
      var _ = channel.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var in = (ByteBuf) message;
    try {
      while (!responded && head.feed(in)) {
        if (head.isInterim()) {
          head.reset();
          continue;
        }
        responded(head.status() < BAD_FROM);
        var _ = context.close();
      }
    } catch (MalformedException e) {
      responded(false);
      var _ = context.close();
    } finally {
      in.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    responded(false);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }

  private void responded(boolean good) {
    if (asked && !responded) {
      responded = true;
      response.accept(good);
    }
  }
}
