package dev.weir.proxy.admin;

import dev.weir.proxy.http.Bytes;
import dev.weir.proxy.http.LocalResponse;
import dev.weir.proxy.http.MalformedException;
import dev.weir.proxy.http.Method;
import dev.weir.proxy.http.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A connection to the admin port: one request, one page.
final class AdminConnection extends ChannelInboundHandlerAdapter {
  static final int HEAD_BYTES_MAX = 8 * 1024;
  private static final long OPEN_SECONDS_MAX = 10;
  private static final String HEALTH = "/health";

  private final AdminPort port;
  private final RequestHead head = new RequestHead();
  private int headBytes;
  private boolean responded;
  private @Nullable Future<?> timeout;

  AdminConnection(AdminPort port) {
    this.port = port;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    timeout = context.executor().schedule(() -> close(context), OPEN_SECONDS_MAX, TimeUnit.SECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (timeout != null) {
      timeout.cancel(false); // else a flood of connections fills the timer for 10 s
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var in = (ByteBuf) message;
    try {
      if (!responded) {
        read(context, in);
      }
    } catch (MalformedException e) {
      refuse(context, LocalResponse.of(e.status(), e.reason()), false);
    } finally {
      in.release();
    }
  }

  private void read(ChannelHandlerContext context, ByteBuf in) throws MalformedException {
    headBytes += in.readableBytes();
    if (headBytes > HEAD_BYTES_MAX) {
      throw new MalformedException(431, "a head here has at most 8 KiB");
    }
    if (head.feed(in)) {
      port.requested(context.channel());
      respond(context);
    }
  }

  private void respond(ChannelHandlerContext context) {
    boolean headOnly = head.method() == Method.HEAD;
    String path = path();
    String host = host();
    if (!headOnly && head.method() != Method.GET) {
      refuse(context, LocalResponse.of(405, "use GET"), false);
    } else if (!path.equals(HEALTH) && !port.allows(host)) {
      // /health holds no secret, and health checks send any Host.
      refuse(
          context,
          LocalResponse.of(
              421,
              "no pages for the host %s (ask by address, or allow it by --admin-host)"
                  .formatted(host)),
          headOnly);
    } else {
      responded = true;
      var _ = context.channel().config().setAutoRead(false);
      if (!port.page(path, (page, body) -> send(context, headOnly, page, body))) {
        refuse(context, LocalResponse.of(404, "there are /metrics, /status and /health"), headOnly);
      }
    }
  }

  private String path() {
    String target = head.text(head.pathStart(), head.pathEnd());
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private String host() {
    return head.hostField() < 0
        ? ""
        : head.text(head.valueStart(head.hostField()), head.valueEnd(head.hostField()));
  }

  private void refuse(ChannelHandlerContext context, LocalResponse response, boolean headOnly) {
    responded = true;
    end(context, response.write(context.alloc(), headOnly, true));
  }

  private void send(
      ChannelHandlerContext context, boolean headOnly, AdminPages.Page page, ByteBuf body) {
    if (!context.channel().isActive()) {
      body.release(); // the client left while it waited
      return;
    }
    int length = body.readableBytes();
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
                    page.status(),
                    LocalResponse.phrase(page.status()),
                    page.contentType(),
                    length));
    ByteBuf start = context.alloc().ioBuffer(fields.length).writeBytes(fields);
    if (headOnly) {
      body.release();
      end(context, start);
    } else {
      port.sending(context.channel(), length);
      var _ = context.write(start, context.voidPromise());
      end(context, body);
    }
  }

  private static void end(ChannelHandlerContext context, ByteBuf last) {
    var _ = context.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
  }

  private static void close(ChannelHandlerContext context) {
    var _ = context.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    close(context);
  }
}
