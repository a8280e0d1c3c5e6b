package dev.weir.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks a replica for its health path, and tells whether the response is good.
final class HealthQuestion extends ChannelInboundHandlerAdapter {
  private static final int BAD_FROM = 400;

  private final byte[] request;
  private final Consumer<Boolean> answer;
  private final ResponseHead head = new ResponseHead();
  private @Nullable Channel channel;
  private boolean asked;
  private boolean answered;

  HealthQuestion(String host, String path, Consumer<Boolean> answer) {
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
    this.answer = answer;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  /// Asks; to be called once it is connected.
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
      while (!answered && head.feed(in)) {
        if (head.isInterim()) {
          head.reset();
          continue;
        }
        answered(head.status() < BAD_FROM);
        var _ = context.close();
      }
    } catch (MalformedException e) {
      answered(false);
      var _ = context.close();
    } finally {
      in.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    answered(false);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }

  private void answered(boolean good) {
    if (asked && !answered) {
      answered = true;
      answer.accept(good);
    }
  }
}
