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
final class ClientConnection extends ChannelInboundHandlerAdapter implements Flushed {
  private static final int UNREAD_BYTES_MAX = 8 * 1024;

  /// What a client that has closed its side leaves behind is read whether wanted or not.
  private static final int LEFT_BEHIND_BYTES_MAX = 128 * 1024;

  /// A client that closes its side this soon after its request waits for the response.
  private static final long HALF_CLOSE_NANOS = 100_000_000L;

  /// How long a client may do nothing while memory is short.
  private static final long IDLER_NANOS = 2_000_000_000L;

  private final Worker worker;
  private final Channel channel;
  private final byte[] clientAddress;
  private final byte[] localAddress;
  private final LingeringClose lingeringClose;
  private final ClientMemory clientMemory;
  private final boolean trusted;

  private @Nullable ByteBuf unread;
  private @Nullable RequestHead head;
  private @Nullable Exchange exchange;
  private @Nullable UnreadBody skipped;
  private boolean advancing;
  private long sinceNanos;
  private long readNanos;
  private long blockedNanos;

  ClientConnection(Worker worker, Channel channel) {
    this.worker = worker;
    this.channel = channel;
    this.clientAddress = ConnectionAddresses.address(channel.remoteAddress());
    this.localAddress = ConnectionAddresses.addressAndPort(channel.localAddress());
    this.lingeringClose = new LingeringClose(worker, channel);
    this.clientMemory = new ClientMemory(worker.memory());
    this.trusted = worker.settings().options().http().trusted().contains(channel.remoteAddress());
    this.sinceNanos = worker.nowNanos();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.channel().config().setRecvByteBufAllocator(new ReadSizes(this::mustWait));
    worker.add(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var in = (ByteBuf) message;
    worker.counters().add(WorkerCounters.Count.BYTES_FROM_CLIENTS, in.readableBytes());
    if (lingeringClose.hasBegun()) {
      lingeringClose.drop(in);
      return;
    }
    readNanos = worker.nowNanos();
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
      while (unread != null && !lingeringClose.hasBegun() && step(unread)) {}
    } catch (MalformedException e) {
      malformed(e);
    } finally {
      advancing = false;
    }
    if (unread != null && (lingeringClose.hasBegun() || !unread.isReadable())) {
      unread.release();
      unread = null;
    }
    updateReading();
    clientMemory.read(
        (head == null ? 0 : head.heldBytes()) + (unread == null ? 0 : unread.capacity()));
    if (lingeringClose.hasClientEnded() && unread == null && !lingeringClose.hasBegun()) {
      allRead();
    }
  }

  /// Bytes were written to its replica.
  void wroteUpstream(long bytes) {
    clientMemory.wrote(bytes);
  }

  @Override
  public void flush() {
    channel.flush();
    flushed();
  }

  /// What was written to the client or to its replica was flushed: what is left, nobody takes yet.
  void flushed() {
    countPending();
    updateReading();
  }

  /// Counts what is held because somebody does not take it.
  private void countPending() {
    long replicas = exchange == null ? 0 : exchange.pendingBytes();
    clientMemory.pending(replicas + ClientMemory.pendingBytes(channel));
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
    lingeringClose.clientEnded();
    if (lingeringClose.hasBegun()) {
      return;
    }
    if (exchange != null && exchange.isTunnel()) {
      exchange.clientEnded();
    } else if (exchange == null || worker.nowNanos() - readNanos > HALF_CLOSE_NANOS) {
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
      head = worker.borrowRequestHead();
      sinceNanos = worker.nowNanos();
    }
    if (!head.feed(in)) {
      head.park();
      if (!worker.memory().admits(head.heldBytes())) {
        refuseForMemory();
      }
      return false;
    }
    begin(head);
    return true;
  }

  private void refuseForMemory() {
    worker.counters().add(WorkerCounters.Count.OVER_MEMORY, 1);
    dropHead();
    respond(LocalResponse.NO_MEMORY, false, true);
  }

  private boolean skip(UnreadBody rest, ByteBuf in) throws MalformedException {
    rest.skip(in);
    if (rest.isOver()) {
      skipped = null;
    } else if (rest.isTooMuch()) {
      closeGently();
    }
    return skipped == null && in.isReadable();
  }

  private void begin(RequestHead complete) {
    if (!worker.memory().admits(complete.headBytes() + MemoryBudget.REQUEST_BYTES)) {
      refuseForMemory();
      return;
    }
    WorkerService workerService = worker.workerServiceFor(complete);
    if (workerService == null) {
      unrouted(complete);
      return;
    }
    ByteBuf forward =
        HeadWriter.request(channel.alloc(), complete, clientAddress, localAddress, trusted);
    exchange = new Exchange(this, workerService, complete, forward);
    head = null;
    worker.giveBack(complete);
    exchange.start();
  }

  private void unrouted(RequestHead complete) {
    worker.counters().add(WorkerCounters.Count.UNROUTED, 1);
    boolean headOnly = complete.method() == Method.HEAD;
    boolean close = complete.hasBody() || !complete.keepsAlive() || worker.isStopping();
    dropHead();
    respond(worker.noRoute(), headOnly, close);
  }

  private void malformed(MalformedException e) {
    if (exchange != null) {
      exchange.malformedBody(e);
    } else {
      worker.counters().add(WorkerCounters.Count.MALFORMED, 1);
      dropHead();
      respond(LocalResponse.of(e.status(), e.reason()), false, true);
    }
  }

  private void dropHead() {
    if (head != null) {
      worker.giveBack(head);
      head = null;
    }
  }

  /// Whether memory is short, so that what belongs to no new request waits.
  private boolean mustWait() {
    return exchange != null && worker.memory().isShort();
  }

  /// Reads on unless the client sends faster than what it sends can be used.
  void updateReading() {
    boolean full =
        unread != null
            && (unread.readableBytes() >= UNREAD_BYTES_MAX || mustWait());
    boolean reads = lingeringClose.hasBegun() || (!full && takesMore());
    if (channel.config().isAutoRead() != reads) {
      channel.config().setAutoRead(reads);
    }
  }

  private boolean takesMore() {
    return exchange == null ? channel.isWritable() : exchange.takesMore();
  }

  /// Writes bytes of an answer.
  void write(ByteBuf out) {
    worker.counters().add(WorkerCounters.Count.BYTES_TO_CLIENTS, out.readableBytes());
    clientMemory.wrote(out.readableBytes());
    var _ = channel.write(out, channel.voidPromise());
    worker.flushLater(this);
  }

  /// Whether the client takes its answer as fast as it comes.
  boolean isWritable() {
    return channel.isWritable();
  }

  /// Writes an answer of the proxy's own, which ends the exchange if there is one.
  void respond(LocalResponse response, boolean headOnly, boolean close) {
    write(response.write(channel.alloc(), headOnly, close));
    if (close) {
      closeGently();
    } else {
      exchangeEnded(true);
    }
  }

  /// The exchange is over, its answer written; of `request` some may still come.
  void exchangeEnded(boolean keep, UpstreamRequest request) {
    boolean whole = request.isComplete();
    skipped = whole ? null : new UnreadBody(request);
    exchangeEnded(keep && (whole || request.isRestCertain()));
  }

  /// The exchange is over, its answer written.
  void exchangeEnded(boolean keep) {
    exchange = null;
    sinceNanos = worker.nowNanos();
    if (!keep) {
      closeGently();
    } else if ((worker.isStopping() || lingeringClose.hasClientEnded()) && unread == null) {
      closeGently();
    } else {
      advance();
    }
  }

  private void closeGently() {
    if (lingeringClose.hasBegun()) {
      return;
    }
    lingeringClose.begin();
    exchange = null;
    dropHead();
    if (!advancing && unread != null) {
      unread.release();
      unread = null;
    }
    updateReading();
    lingeringClose.endAndLinger();
  }

  /// Closes the connection such that the client cannot take what it got for the whole.
  void cut() {
    lingeringClose.begin();
    exchange = null;
    lingeringClose.reset();
  }

  /// Closes the connection at once; the exchange, if there is one, learns of it as when the client
  /// leaves.
  void reset() {
    lingeringClose.reset();
  }

  /// Closes the connection once all that was written is sent.
  void closeAfterFlush() {
    exchange = null;
    lingeringClose.closeAfterFlush();
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
    boolean stalled = exchange != null && exchange.isUploadStalled(IDLER_NANOS, nowNanos);
    return blocked || stalled || isIdleFor(IDLER_NANOS, nowNanos);
  }

  /// Whether no request has been complete for so long, or none has come.
  boolean isIdleFor(long nanos, long nowNanos) {
    return exchange == null && channel.isActive() && nowNanos - sinceNanos > nanos;
  }

  /// Closes the connection if it is idle; an exchange is told that it is the last.
  void stop() {
    if (exchange == null && head == null && !lingeringClose.hasBegun()) {
      var _ = channel.close();
    }
  }

  /// Ends what has been waited for too long.
  void sweep(long nowNanos) {
    flushed();
    long waitedNanos = nowNanos - sinceNanos;
    ProxyTimeouts timeouts = worker.settings().timeouts();
    if (lingeringClose.hasBegun()) {
      lingeringClose.sweep(nowNanos);
    } else if (exchange != null) {
      exchange.sweep(nowNanos);
    } else if (head != null) {
      if (waitedNanos > timeouts.head().toNanos()) {
        worker.counters().add(WorkerCounters.Count.CLIENT_TIMEOUTS, 1);
        respond(LocalResponse.of(408, "the request's head was not complete in time"), false, true);
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
      blockedNanos = worker.nowNanos();
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
    lingeringClose.begin();
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
    clientMemory.release();
    worker.remove(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    worker.failure("client connection", cause);
    var _ = channel.close();
  }
}
