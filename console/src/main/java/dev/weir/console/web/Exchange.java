package dev.weir.console.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/// A request and the one response to it. The response may come from any thread.
final class Exchange {
  private final Request request;
  private final ChannelHandlerContext context;
  private final Limits limits;
  private final boolean keepAlive;
  private final Turn turn;
  private Runnable atReply = () -> {};

  /// @param turn learns on the event loop how the response goes on
  Exchange(
      Request request, ChannelHandlerContext context, Limits limits, boolean keepAlive, Turn turn) {
    this.request = request;
    this.context = context;
    this.limits = limits;
    this.keepAlive = keepAlive;
    this.turn = turn;
  }

  Request request() {
    return request;
  }

  Channel channel() {
    return context.channel();
  }

  /// Notes that the client may use the console, so that its connection is kept before others.
  void authenticated() {
    limits.connections().requested(context.channel());
  }

  /// Runs `task` on the event loop when the response is about to be sent. Called on the event loop,
  /// before the response.
  void atReply(Runnable task) {
    atReply = task;
  }

  void reply(Reply reply) {
    if (context.executor().inEventLoop()) {
      send(reply);
    } else {
      context.executor().execute(() -> send(reply));
    }
  }

  private void send(Reply reply) {
    atReply.run();
    limits.sending(context.channel(), reply.body.length);
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status),
            Unpooled.wrappedBuffer(reply.body));
    HttpHeaders headers = response.headers();
    SecurityHeaders.addTo(headers);
    headers.set(HttpHeaderNames.CONTENT_TYPE, reply.type);
    headers.set(HttpHeaderNames.CONTENT_LENGTH, reply.body.length);
    reply.headers.forEach(field -> headers.set(field.getKey(), field.getValue()));
    if (!keepAlive) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    var sent = context.writeAndFlush(response).addListener(_ -> limits.sent(context.channel()));
    if (keepAlive) {
      sent.addListener(_ -> turn.ended());
    } else {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /// Starts an endless response, which ends with the connection.
  void stream() {
    var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    HttpHeaders headers = response.headers();
    SecurityHeaders.addTo(headers);
    headers.set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    headers.set("X-Accel-Buffering", "no");
    var _ = context.write(response);
    turn.endless();
  }

  /// What a connection learns of its response.
  interface Turn {
    /// It was sent; the next request may come.
    void ended();

    /// It has no end, so no deadline.
    void endless();
  }
}
