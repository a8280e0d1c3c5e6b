package dev.weir.proxy;

import dev.weir.base.IpText;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A client's connection: reads requests one after the other and writes their answers in that
/// order.
///
/// At most one exchange is under way; what a client sends ahead waits in `unread`, and when that is
/// more than a little, nothing more is read.
final class ClientConnection extends ChannelInboundHandlerAdapter {
  private static final int UNREAD_BYTES_MAX = 8 * 1024;
  private static final long SKIPPED_BYTES_MAX = 256 * 1024;
  private static final long LINGER_NANOS = 1_000_000_000L;
  private static final long LINGER_BYTES_MAX = 4 << 20;

  private final Lane lane;
  private final Channel channel;
  private final byte[] clientAddress;
  private final byte[] localAddress;
  private final boolean trusted;

  private @Nullable ByteBuf unread;
  private @Nullable RequestHead head;
  private @Nullable Exchange exchange;
  private @Nullable Outgoing skipped;
  private boolean advancing;
  private boolean lingering;
  private boolean closing;
  private long lingerBytes;
  private long skippedBytes;
  private long sinceNanos;

  ClientConnection(Lane lane, Channel channel) {
    this.lane = lane;
    this.channel = channel;
    this.clientAddress = address(channel.remoteAddress(), false);
    this.localAddress = address(channel.localAddress(), true);
    this.trusted = lane.settings().options().http().trusted().contains(channel.remoteAddress());
    this.sinceNanos = lane.nowNanos();
  }

  private static byte[] address(@Nullable SocketAddress address, boolean withPort) {
    if (!(address instanceof InetSocketAddress inet) || inet.getAddress() == null) {
      return Bytes.of("unknown");
    }
    byte[] ip = inet.getAddress().getAddress();
    return Bytes.of(withPort ? IpText.withPort(ip, inet.getPort()) : IpText.of(ip));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    lane.add(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var in = (ByteBuf) message;
    lane.tally().add(Tally.Count.BYTES_FROM_CLIENTS, in.readableBytes());
    if (closing) {
      lingerBytes += in.readableBytes();
      in.release();
      if (lingerBytes > LINGER_BYTES_MAX) {
        var _ = channel.close();
      }
      return;
    }
    unread = unread == null ? in : join(unread, in);
    advance();
  }

  private ByteBuf join(ByteBuf first, ByteBuf second) {
    ByteBuf both = channel.alloc().ioBuffer(first.readableBytes() + second.readableBytes());
    both.writeBytes(first).writeBytes(second);
    first.release();
    second.release();
    return both;
  }

  /// Goes on with what has been read, as far as it can be used now.
  void advance() {
    if (advancing) {
      return;
    }
    advancing = true;
    try {
      while (unread != null && !closing && step(unread)) {}
    } catch (MalformedException e) {
      malformed(e);
    } finally {
      advancing = false;
    }
    if (unread != null && (closing || !unread.isReadable())) {
      unread.release();
      unread = null;
    }
    updateReading();
  }

  /// Returns whether there may be more to do.
  private boolean step(ByteBuf in) throws MalformedException {
    if (exchange != null) {
      Exchange before = exchange;
      before.pump(in);
      return exchange != before && in.isReadable();
    }
    if (skipped != null) {
      return skip(skipped, in);
    }
    if (!in.isReadable() || !channel.isWritable()) {
      return false; // who does not read answers gets no more of them
    }
    if (head == null) {
      head = lane.borrowRequestHead();
      sinceNanos = lane.nowNanos();
    }
    if (!head.feed(in)) {
      return false;
    }
    begin(head);
    return true;
  }

  private boolean skip(Outgoing answered, ByteBuf in) throws MalformedException {
    int before = in.readableBytes();
    answered.skipBody(in);
    skippedBytes += before - in.readableBytes();
    if (answered.isComplete()) {
      skipped = null;
    } else if (skippedBytes > SKIPPED_BYTES_MAX) {
      closeGently();
    }
    return skipped == null && in.isReadable();
  }

  private void begin(RequestHead complete) {
    Branch branch = lane.branchFor(complete);
    if (branch == null) {
      unrouted(complete);
      return;
    }
    ByteBuf forward =
        HeadWriter.request(channel.alloc(), complete, clientAddress, localAddress, trusted);
    exchange = new Exchange(this, branch, complete, forward);
    head = null;
    lane.giveBack(complete);
    exchange.start();
  }

  private void unrouted(RequestHead complete) {
    lane.tally().add(Tally.Count.UNROUTED, 1);
    boolean headOnly = complete.method() == Method.HEAD;
    boolean close = complete.hasBody() || !complete.keepsAlive() || lane.isStopping();
    dropHead();
    answer(lane.noRoute(), headOnly, close);
  }

  private void malformed(MalformedException e) {
    if (exchange != null) {
      exchange.malformedBody(e);
    } else {
      lane.tally().add(Tally.Count.MALFORMED, 1);
      dropHead();
      answer(Answer.of(e.status(), e.reason()), false, true);
    }
  }

  private void dropHead() {
    if (head != null) {
      lane.giveBack(head);
      head = null;
    }
  }

  /// Reads on unless the client sends faster than what it sends can be used.
  void updateReading() {
    boolean full = unread != null && unread.readableBytes() >= UNREAD_BYTES_MAX;
    boolean reads = closing || (!full && takesMore());
    if (channel.config().isAutoRead() != reads) {
      channel.config().setAutoRead(reads);
    }
  }

  private boolean takesMore() {
    return exchange == null ? channel.isWritable() : exchange.takesMore();
  }

  /// Writes bytes of an answer.
  void write(ByteBuf out) {
    lane.tally().add(Tally.Count.BYTES_TO_CLIENTS, out.readableBytes());
    var _ = channel.write(out, channel.voidPromise());
    lane.flushLater(channel);
  }

  /// Whether the client takes its answer as fast as it comes.
  boolean isWritable() {
    return channel.isWritable();
  }

  /// Writes an answer of the proxy's own, which ends the exchange if there is one.
  void answer(Answer answer, boolean headOnly, boolean close) {
    write(answer.write(channel.alloc(), headOnly, close));
    if (close) {
      closeGently();
    } else {
      exchangeEnded(true);
    }
  }

  /*
   * A replica may answer before all of the request has come, if only because the client sends head
   * and body apart. The client was not told that the connection ends, and may have the next request
   * on its way: to close now would lose it. So the rest is read and dropped, if it is little.
   */
  /// The exchange is over, its answer written; of `request` some may still come.
  void exchangeEnded(boolean keep, Outgoing request) {
    boolean whole = request.isComplete();
    skipped = whole ? null : request;
    skippedBytes = 0;
    exchangeEnded(keep && (whole || request.isRestCertain()));
  }

  /// The exchange is over, its answer written.
  void exchangeEnded(boolean keep) {
    exchange = null;
    sinceNanos = lane.nowNanos();
    if (!keep) {
      closeGently();
    } else if (lane.isStopping() && unread == null) {
      closeGently();
    } else {
      advance();
    }
  }

  /*
   * A connection closed with bytes unread is reset, and a reset may destroy the answer on its way.
   * So the answer is ended first, and what still comes is read and dropped for a while.
   */
  private void closeGently() {
    if (closing) {
      return;
    }
    closing = true;
    exchange = null;
    sinceNanos = lane.nowNanos();
    dropHead();
    if (!advancing && unread != null) {
      unread.release();
      unread = null;
    }
    updateReading();
    channel
        .writeAndFlush(channel.alloc().buffer(0))
        .addListener(_ -> {
          lingering = true;
          sinceNanos = lane.nowNanos();
          if (channel instanceof DuplexChannel duplex && channel.isActive()) {
            var _ = duplex.shutdownOutput();
          } else {
            var _ = channel.close();
          }
        });
  }

  /// Closes the connection such that the client cannot take what it got for the whole.
  void cut() {
    closing = true;
    exchange = null;
    reset();
  }

  /// Closes the connection at once; the exchange, if there is one, learns of it as when the client
  /// leaves.
  void reset() {
    if (channel.isActive()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    var _ = channel.close();
  }

  /// Closes the connection once all that was written is sent.
  void closeAfterFlush() {
    closing = true;
    exchange = null;
    sinceNanos = lane.nowNanos();
    var _ =
        channel.writeAndFlush(channel.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
  }

  /// Closes the connection if it is idle; an exchange is told that it is the last.
  void stop() {
    if (exchange == null && head == null && !closing) {
      var _ = channel.close();
    }
  }

  /// Ends what has been waited for too long.
  void sweep(long nowNanos) {
    long waitedNanos = nowNanos - sinceNanos;
    ProxyTimeouts timeouts = lane.settings().timeouts();
    if (closing) {
      if (waitedNanos > (lingering ? LINGER_NANOS : timeouts.response().toNanos())) {
        var _ = channel.close();
      }
    } else if (exchange != null) {
      exchange.sweep(nowNanos);
    } else if (head != null) {
      if (waitedNanos > timeouts.head().toNanos()) {
        lane.tally().add(Tally.Count.CLIENT_TIMEOUTS, 1);
        answer(Answer.of(408, "the request's head was not complete in time"), false, true);
      }
    } else if (skipped != null && waitedNanos > timeouts.body().toNanos()) {
      closeGently();
    } else if (waitedNanos > timeouts.idle().toNanos()) {
      var _ = channel.close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (exchange != null) {
      exchange.clientWritabilityChanged();
    } else if (channel.isWritable()) {
      advance();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closing = true;
    Exchange left = exchange;
    exchange = null;
    if (left != null) {
      left.clientGone();
    }
    dropHead();
    if (unread != null && !advancing) {
      unread.release();
      unread = null;
    }
    lane.remove(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    lane.log().failure("client connection", cause);
    var _ = channel.close();
  }
}
