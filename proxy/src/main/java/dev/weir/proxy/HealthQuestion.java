package dev.weir.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Consumer;

/// Asks a replica for its health path once it is connected, and tells whether the answer is good.
final class HealthQuestion extends ChannelInboundHandlerAdapter {
  private static final int BAD_FROM = 400;

  private final byte[] request;
  private final Consumer<Boolean> answer;
  // Nothing of it is passed on, and the connection is closed: an old program may be well, too.
  private final ResponseHead head = new ResponseHead().lenient(true);
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
  public void channelActive(ChannelHandlerContext context) {
    var _ = context.writeAndFlush(context.alloc().ioBuffer(request.length).writeBytes(request));
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
    if (!answered) {
      answered = true;
      answer.accept(good);
    }
  }
}
