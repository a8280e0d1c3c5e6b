package dev.weir.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;

/// A client's connection: reads requests one after the other and writes their answers in that
/// order.
///
/// At most one exchange is under way; what a client sends ahead waits in `unread`, and when that is
/// more than a little, nothing more is read.
final class ClientConnection extends ChannelInboundHandlerAdapter {
  private static final int UNREAD_BYTES_MAX = 8 * 1024;

  /// What a client that has closed its side leaves behind is read whether wanted or not.
  private static final int LEFT_BEHIND_BYTES_MAX = 128 * 1024;

  /// A client that closes its side this soon after its request waits for the response.
  private static final long HALF_CLOSE_NANOS = 100_000_000L;

  /// How long a client may do nothing while memory is short.
  private static final long IDLER_NANOS = 2_000_000_000L;

  private final Lane lane;
  private final Channel channel;
  private final byte[] clientAddress;
  private final byte[] localAddress;
  private final Farewell farewell;
  private final Holdings holdings;
  private final boolean trusted;

  private @Nullable ByteBuf unread;
  private @Nullable RequestHead head;
  private @Nullable Exchange exchange;
  private @Nullable Leftover skipped;
  private boolean advancing;
  private long sinceNanos;
  private long readNanos;
  private long blockedNanos;

  ClientConnection(Lane lane, Channel channel) {
    this.lane = lane;
    this.channel = channel;
    this.clientAddress = Peer.address(channel.remoteAddress());
    this.localAddress = Peer.addressAndPort(channel.localAddress());
    this.farewell = new Farewell(lane, channel);
    this.holdings = new Holdings(lane.memory());
    this.trusted = lane.settings().options().http().trusted().contains(channel.remoteAddress());
    this.sinceNanos = lane.nowNanos();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    lane.add(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var in = (ByteBuf) message;
    lane.tally().add(Tally.Count.BYTES_FROM_CLIENTS, in.readableBytes());
    if (farewell.hasBegun()) {
      farewell.drop(in);
      return;
    }
    readNanos = lane.nowNanos();
    unread = unread == null ? in : join(unread, in);
    advance();
    if (unread != null && unread.readableBytes() > LEFT_BEHIND_BYTES_MAX) {
      reset();
    }
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
      while (unread != null && !farewell.hasBegun() && step(unread)) {}
    } catch (MalformedException e) {
      malformed(e);
    } finally {
      advancing = false;
    }
    if (unread != null && (farewell.hasBegun() || !unread.isReadable())) {
      unread.release();
      unread = null;
    }
    updateReading();
    holdings.read((head == null ? 0 : head.heldBytes()) + (unread == null ? 0 : unread.capacity()));
    if (farewell.hasClientEnded() && unread == null && !farewell.hasBegun()) {
      allRead();
    }
  }

  /// Counts what is held because somebody does not take it.
  private void countPending() {
    long replicas = exchange == null ? 0 : exchange.pendingBytes();
    holdings.pending(replicas + Holdings.pendingBytes(channel));
  }

  /*
   * Programs that close their side with the request wait for its response; those that close it later
   * have gone away, and to work for them is what kills a service under load (decision 034).
   */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof ChannelInputShutdownEvent)) {
      return;
    }
    farewell.clientEnded();
    if (farewell.hasBegun()) {
      return;
    }
    if (exchange != null && exchange.isTunnel()) {
      exchange.clientEnded();
    } else if (exchange == null || lane.nowNanos() - readNanos > HALF_CLOSE_NANOS) {
      var _ = channel.close();
    } else {
      advance();
    }
  }

  /// The client closed its side, and what it sent is used up.
  private void allRead() {
    if (exchange == null || exchange.awaitsRequest()) {
      var _ = channel.close(); // nothing to respond to, or only a part of it
    }
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
      head.park();
      if (!lane.memory().admits(head.heldBytes())) {
        refuseForMemory();
      }
      return false;
    }
    begin(head);
    return true;
  }

  private void refuseForMemory() {
    lane.tally().add(Tally.Count.OVER_MEMORY, 1);
    dropHead();
    answer(Answer.NO_MEMORY, false, true);
  }

  private boolean skip(Leftover rest, ByteBuf in) throws MalformedException {
    rest.skip(in);
    if (rest.isOver()) {
      skipped = null;
    } else if (rest.isTooMuch()) {
      closeGently();
    }
    return skipped == null && in.isReadable();
  }

  private void begin(RequestHead complete) {
    if (!lane.memory().admits(complete.headBytes() + MemoryBudget.REQUEST_BYTES)) {
      refuseForMemory();
      return;
    }
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
    boolean reads = farewell.hasBegun() || (!full && takesMore());
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

  /// The exchange is over, its answer written; of `request` some may still come.
  void exchangeEnded(boolean keep, Outgoing request) {
    boolean whole = request.isComplete();
    skipped = whole ? null : new Leftover(request);
    exchangeEnded(keep && (whole || request.isRestCertain()));
  }

  /// The exchange is over, its answer written.
  void exchangeEnded(boolean keep) {
    exchange = null;
    sinceNanos = lane.nowNanos();
    if (!keep) {
      closeGently();
    } else if ((lane.isStopping() || farewell.hasClientEnded()) && unread == null) {
      closeGently();
    } else {
      advance();
    }
  }

  private void closeGently() {
    if (farewell.hasBegun()) {
      return;
    }
    farewell.begin();
    exchange = null;
    dropHead();
    if (!advancing && unread != null) {
      unread.release();
      unread = null;
    }
    updateReading();
    farewell.endAndLinger();
  }

  /// Closes the connection such that the client cannot take what it got for the whole.
  void cut() {
    farewell.begin();
    exchange = null;
    farewell.reset();
  }

  /// Closes the connection at once; the exchange, if there is one, learns of it as when the client
  /// leaves.
  void reset() {
    farewell.reset();
  }

  /// Closes the connection once all that was written is sent.
  void closeAfterFlush() {
    exchange = null;
    farewell.closeAfterFlush();
  }

  /// Sends the client the end of the stream once all that was written is sent.
  void endOutput() {
    Output.end(channel);
  }

  /// Whether it holds something and has done nothing for some time, so that it can go when memory
  /// is short: a head that does not get on, a response that is not read, a connection without a
  /// request.
  boolean isIdler(long nowNanos) {
    boolean blocked = !channel.isWritable() && nowNanos - blockedNanos > IDLER_NANOS;
    return blocked || isIdleFor(IDLER_NANOS, nowNanos);
  }

  /// Whether no request has been complete for so long, or none has come.
  boolean isIdleFor(long nanos, long nowNanos) {
    return exchange == null && channel.isActive() && nowNanos - sinceNanos > nanos;
  }

  /// Closes the connection if it is idle; an exchange is told that it is the last.
  void stop() {
    if (exchange == null && head == null && !farewell.hasBegun()) {
      var _ = channel.close();
    }
  }

  /// Ends what has been waited for too long.
  void sweep(long nowNanos) {
    countPending();
    long waitedNanos = nowNanos - sinceNanos;
    ProxyTimeouts timeouts = lane.settings().timeouts();
    if (farewell.hasBegun()) {
      farewell.sweep(nowNanos);
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
    if (!channel.isWritable()) {
      blockedNanos = lane.nowNanos();
    }
    countPending();
    if (exchange != null) {
      exchange.clientWritabilityChanged();
    } else if (channel.isWritable()) {
      advance();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    farewell.begin();
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
    holdings.release();
    lane.remove(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    lane.failure("client connection", cause);
    var _ = channel.close();
  }
}
