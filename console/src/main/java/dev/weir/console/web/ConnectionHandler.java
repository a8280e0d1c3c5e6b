package dev.weir.console.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection: collects a request, hands it on, and waits for its response before the next one.
final class ConnectionHandler extends ChannelInboundHandlerAdapter {
  private final Limits limits;
  private final Consumer<Exchange> next;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private @Nullable HttpRequest head;
  private @Nullable Future<?> deadline;
  private boolean responding;

  /// @param next handles a whole request, on the event loop
  ConnectionHandler(Limits limits, Consumer<Exchange> next) {
    this.limits = limits;
    this.next = next;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    limits.opened(context.channel(), peer(context));
    within(limits.firstRequest(), context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stopWaiting();
    limits.closed(context.channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (responding) {
        var _ = context.close(); // a browser sends one request at a time
      } else {
        read(context, (HttpObject) message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(ChannelHandlerContext context, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      refuse(context, part.decoderResult().cause());
      return;
    }
    if (part instanceof HttpRequest request) {
      head = request;
      body.reset();
    }
    HttpRequest started = head;
    if (part instanceof HttpContent content && started != null) {
      if (body.size() + content.content().readableBytes() > Limits.BODY_BYTES_MAX) {
        respond(context, started, false).reply(Reply.error(413, "the body is too large"));
        return;
      }
      append(content);
      if (part instanceof LastHttpContent) {
        next.accept(respond(context, started, HttpUtil.isKeepAlive(started)));
      }
    }
  }

  private void append(HttpContent content) {
    try {
      content
          .content()
          .getBytes(content.content().readerIndex(), body, content.content().readableBytes());
    } catch (IOException e) {
      throw new IllegalStateException("memory takes every byte", e);
    }
  }

  private void refuse(ChannelHandlerContext context, Throwable cause) {
    int status =
        switch (cause) {
          case TooLongHttpLineException _ -> 414;
          case TooLongHttpHeaderException _ -> 431;
          default -> 400;
        };
    var none = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    respond(context, none, false).reply(Reply.error(status, "the request is malformed"));
  }

  /// From here on, the connection waits for the response.
  private Exchange respond(ChannelHandlerContext context, HttpRequest started, boolean keepAlive) {
    responding = true;
    head = null;
    within(limits.response(), context);
    var request =
        new Request(
            started.method().name(),
            started.uri(),
            started.headers(),
            body.toString(StandardCharsets.UTF_8),
            peer(context),
            port(context));
    return new Exchange(
        request,
        context,
        limits,
        keepAlive,
        new Exchange.Turn() {
          @Override
          public void ended() {
            responding = false;
            within(limits.nextRequest(), context);
          }

          @Override
          public void endless() {
            stopWaiting();
          }
        });
  }

  private void stopWaiting() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private void within(Duration time, ChannelHandlerContext context) {
    stopWaiting();
    deadline =
        context.executor().schedule(() -> close(context), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    close(context);
  }

  private static void close(ChannelHandlerContext context) {
    var _ = context.close();
  }

  private static int port(ChannelHandlerContext context) {
    return context.channel().localAddress() instanceof InetSocketAddress address
        ? address.getPort()
        : 0;
  }

  private static String peer(ChannelHandlerContext context) {
    return context.channel().remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "";
  }
}
