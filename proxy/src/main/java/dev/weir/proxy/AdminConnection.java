package dev.weir.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// A connection to the admin port: one request, one page.
final class AdminConnection extends ChannelInboundHandlerAdapter {
  private static final long OPEN_SECONDS_MAX = 10;

  private final AdminPages pages;
  private final RequestHead head = new RequestHead();
  private boolean answered;

  AdminConnection(AdminPages pages) {
    this.pages = pages;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    var _ = context.executor().schedule(() -> close(context), OPEN_SECONDS_MAX, TimeUnit.SECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var in = (ByteBuf) message;
    try {
      if (!answered && head.feed(in)) {
        answered = true;
        send(context, answer(context));
      }
    } catch (MalformedException e) {
      answered = true;
      send(context, Answer.of(e.status(), e.reason()).write(context.alloc(), false, true));
    } finally {
      in.release();
    }
  }

  private static void send(ChannelHandlerContext context, ByteBuf out) {
    var _ = context.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
  }

  private static void close(ChannelHandlerContext context) {
    var _ = context.close();
  }

  private ByteBuf answer(ChannelHandlerContext context) {
    boolean headOnly = head.method() == Method.HEAD;
    if (!headOnly && head.method() != Method.GET) {
      return Answer.of(405, "use GET").write(context.alloc(), false, true);
    }
    String target =
        new String(
            head.bytes,
            head.pathStart(),
            head.pathEnd() - head.pathStart(),
            StandardCharsets.ISO_8859_1);
    int query = target.indexOf('?');
    AdminPages.Page page = pages.page(query < 0 ? target : target.substring(0, query));
    if (page == null) {
      return Answer.of(404, "there are /metrics, /status and /health")
          .write(context.alloc(), headOnly, true);
    }
    byte[] body = page.body();
    byte[] fields =
        Bytes.of(
            """
            HTTP/1.1 %d %s\r
            Content-Type: %s\r
            Content-Length: %d\r
            Cache-Control: no-store\r
            Connection: close\r
            \r
            """
                .formatted(
                    page.status(), Answer.phrase(page.status()), page.contentType(), body.length));
    ByteBuf out = context.alloc().ioBuffer(fields.length + body.length).writeBytes(fields);
    return headOnly ? out : out.writeBytes(body);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
