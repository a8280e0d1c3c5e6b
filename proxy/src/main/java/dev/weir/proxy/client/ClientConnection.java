package dev.weir.proxy.client;

import dev.weir.proxy.config.ProxyTimeouts;
import dev.weir.proxy.exchange.Exchange;
import dev.weir.proxy.exchange.ExchangeClient;
import dev.weir.proxy.exchange.UpstreamRequest;
import dev.weir.proxy.exchange.WorkerService;
import dev.weir.proxy.http.LocalResponse;
import dev.weir.proxy.http.MalformedException;
import dev.weir.proxy.http.Method;
import dev.weir.proxy.http.RequestHead;
import dev.weir.proxy.metric.WorkerCounters.Count;
import dev.weir.proxy.process.MemoryBudget;
import dev.weir.proxy.socket.Output;
import dev.weir.proxy.socket.ReadSizes;
import dev.weir.proxy.worker.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;

/// A client's connection: reads requests one after the other and writes their responses in that
/// order.
///
/// At most one exchange is under way. Bytes sent ahead wait in `unread`; if there are many, reading
/// pauses.
final class ClientConnection extends ChannelInboundHandlerAdapter implements ExchangeClient {
  private static final int UNREAD_BYTES_MAX = 8 * 1024;

  /// After a client closes its side, up to this many remaining bytes are still read.
  private static final int LEFT_BEHIND_BYTES_MAX = 128 * 1024;

  /// A client that closes its side within this time of its request waits for the response.
  private static final long HALF_CLOSE_NANOS = 100_000_000L;

  /// How long a client may be idle while memory is short.
  private static final long IDLER_NANOS = 2_000_000_000L;

  private final WorkerClients clients;
  private final Worker worker;
  private final Channel channel;
  private final ConnectionAddresses addresses;
  private final LingeringClose lingeringClose;
  private final ClientMemory clientMemory;
  private final ClientOutput output;
  private final ReadAhead unread = new ReadAhead();
  private @Nullable RequestHead head;
  private @Nullable Exchange exchange;
  private @Nullable UnreadBody skipped;
  private boolean advancing;
  private long sinceNanos;
  private long readNanos;

  ClientConnection(WorkerClients clients, Channel channel) {
    this.clients = clients;
    this.worker = clients.worker();
    this.channel = channel;
    this.addresses = ConnectionAddresses.of(channel, worker.settings());
    this.lingeringClose = new LingeringClose(worker, channel);
    this.clientMemory = new ClientMemory(worker.memory());
    this.output = new ClientOutput(worker, channel, clientMemory, this::flushed);
    this.sinceNanos = worker.nowNanos();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.channel().config().setRecvByteBufAllocator(new ReadSizes(this::mustWait));
    clients.add(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var in = (ByteBuf) message;
    worker.counters().add(Count.BYTES_FROM_CLIENTS, in.readableBytes());
    if (lingeringClose.hasBegun()) {
      lingeringClose.drop(in);
      return;
    }
    readNanos = worker.nowNanos();
    unread.add(channel.alloc(), in);
    advance();
    if (unread.readableBytes() > LEFT_BEHIND_BYTES_MAX) {
      reset();
    }
  }

  @Override
  public void advance() {
    if (advancing) {
      return;
    }
    advancing = true;
    try {
      while (!lingeringClose.hasBegun() && step()) {}
    } catch (MalformedException e) {
      malformed(e);
    } finally {
      advancing = false;
    }
    if (lingeringClose.hasBegun() || unread.readableBytes() == 0) {
      unread.drop();
    }
    updateReading();
    clientMemory.read((head == null ? 0 : head.heldBytes()) + unread.capacity());
    if (lingeringClose.hasClientEnded() && unread.isEmpty() && !lingeringClose.hasBegun()) {
      allRead();
    }
  }

  @Override
  public void wroteUpstream(long bytes) {
    clientMemory.wrote(bytes);
  }

  @Override
  public void flushed() {
    output.countPending(exchange == null ? 0 : exchange.pendingBytes());
    if (worker.memory().isShort()) {
      updateReading();
    } // else bytes that wait pause no reading
  }

  // A client that closes its side together with the request waits for the response. One that closes
  // later has gone away; finishing its work would overload a busy service (decision 034).
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

  /// The client closed its side, and all its bytes are used.
  private void allRead() {
    if (exchange == null || exchange.awaitsRequest()) {
      var _ = channel.close(); // there is no request, or only a part of one
    }
  }

  /// Returns whether there may be more to do.
  private boolean step() throws MalformedException {
    ByteBuf in = unread.bytes();
    if (in == null) {
      return false;
    }
    if (exchange != null) {
      Exchange before = exchange;
      before.pump(in);
      return exchange != before && in.isReadable();
    }
    if (skipped != null) {
      return skip(skipped, in);
    }
    if (!in.isReadable() || !channel.isWritable()) {
      return false; // a client that does not read responses gets no more of them
    }
    if (head == null) {
      head = worker.borrowRequestHead();
      sinceNanos = worker.nowNanos();
    }
    if (!head.feed(in)) {
      head.park();
      if (!worker.memory().admits(head.heldBytes())) {
        refuse(Count.OVER_MEMORY, LocalResponse.NO_MEMORY);
      }
      return false;
    }
    begin(head);
    return true;
  }

  private void refuse(Count why, LocalResponse response) {
    worker.counters().add(why, 1);
    dropHead();
    respond(response, false, true);
  }

  private boolean skip(UnreadBody rest, ByteBuf in) throws MalformedException {
    rest.skip(in);
    skipped = rest.isOver() ? null : rest;
    if (skipped != null && rest.isTooMuch()) {
      closeGently();
    }
    return skipped == null && in.isReadable();
  }

  private void begin(RequestHead complete) {
    if (!worker.memory().admits(complete.headBytes() + MemoryBudget.REQUEST_BYTES)) {
      refuse(Count.OVER_MEMORY, LocalResponse.NO_MEMORY);
      return;
    }
    WorkerService workerService = clients.services().find(complete);
    if (workerService == null) {
      unrouted(complete);
      return;
    }
    exchange = new Exchange(this, workerService, complete, addresses.forwarded(channel, complete));
    head = null;
    worker.giveBack(complete);
    exchange.start();
  }

  private void unrouted(RequestHead complete) {
    worker.counters().add(Count.UNROUTED, 1);
    boolean headOnly = complete.method() == Method.HEAD;
    boolean close = complete.hasBody() || !complete.keepsAlive() || worker.isStopping();
    dropHead();
    respond(clients.services().noRoute(), headOnly, close);
  }

  private void malformed(MalformedException e) {
    if (exchange != null) {
      exchange.malformedBody(e);
    } else {
      refuse(Count.MALFORMED, LocalResponse.of(e.status(), e.reason()));
    }
  }

  private void dropHead() {
    if (head != null) {
      worker.giveBack(head);
      head = null;
    }
  }

  /// Whether memory is short, so that bytes for the current exchange have to wait.
  private boolean mustWait() {
    return exchange != null && worker.memory().isShort();
  }

  /// Pauses reading while the client sends faster than its bytes can be used.
  void updateReading() {
    boolean full = unread.readableBytes() >= UNREAD_BYTES_MAX || (!unread.isEmpty() && mustWait());
    boolean more = exchange == null ? channel.isWritable() : exchange.takesMore();
    boolean reads = lingeringClose.hasBegun() || (!full && more);
    if (channel.config().isAutoRead() != reads) {
      channel.config().setAutoRead(reads);
    }
  }

  @Override
  public void write(ByteBuf out) {
    output.write(out);
  }

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public void respond(LocalResponse response, boolean headOnly, boolean close) {
    write(response.write(channel.alloc(), headOnly, close));
    if (close) {
      closeGently();
    } else {
      exchangeEnded(true);
    }
  }

  @Override
  public void exchangeEnded(boolean keep, UpstreamRequest request) {
    boolean whole = request.isComplete();
    skipped = whole ? null : new UnreadBody(request);
    exchangeEnded(keep && (whole || request.isRestCertain()));
  }

  private void exchangeEnded(boolean keep) {
    exchange = null;
    sinceNanos = worker.nowNanos();
    boolean last = worker.isStopping() || lingeringClose.hasClientEnded();
    if (!keep || (last && unread.isEmpty())) {
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
    unread.dropUnless(advancing);
    updateReading();
    lingeringClose.endAndLinger();
  }

  @Override
  public void cut() {
    lingeringClose.begin();
    exchange = null;
    lingeringClose.reset();
  }

  /// Closes the connection at once, as if the client left.
  void reset() {
    lingeringClose.reset();
  }

  @Override
  public void closeAfterFlush() {
    exchange = null;
    lingeringClose.closeAfterFlush();
  }

  @Override
  public void endOutput() {
    Output.end(channel);
  }

  /// Whether it may be cut when memory is short: it has no request, or makes no progress with its
  /// head or with reading its response.
  boolean isIdler(long nowNanos) {
    return output.isBlockedFor(IDLER_NANOS, nowNanos)
        || (exchange != null && exchange.isUploadStalled(IDLER_NANOS, nowNanos))
        || isIdleFor(IDLER_NANOS, nowNanos);
  }

  /// Whether no request was complete for this time.
  boolean isIdleFor(long nanos, long nowNanos) {
    return exchange == null && channel.isActive() && nowNanos - sinceNanos > nanos;
  }

  /// Closes the connection if it is idle; otherwise the response under way carries Connection:
  /// close.
  void stop() {
    if (exchange == null && head == null && !lingeringClose.hasBegun()) {
      var _ = channel.close();
    }
  }

  /// Ends waits that have taken too long.
  void sweep(long nowNanos) {
    flushed();
    updateReading();
    long waitedNanos = nowNanos - sinceNanos;
    ProxyTimeouts timeouts = worker.settings().timeouts();
    if (lingeringClose.hasBegun()) {
      lingeringClose.sweep(nowNanos);
    } else if (exchange != null) {
      exchange.sweep(nowNanos);
    } else if (head != null) {
      if (waitedNanos > timeouts.head().toNanos()) {
        refuse(Count.CLIENT_TIMEOUTS, LocalResponse.SLOW_HEAD);
      }
    } else if (skipped != null && waitedNanos > timeouts.body().toNanos()) {
      closeGently();
    } else if (waitedNanos > timeouts.idle().toNanos()) {
      var _ = channel.close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    output.writabilityChanged();
    flushed();
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
    unread.dropUnless(advancing);
    clientMemory.release();
    clients.remove(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    worker.failure("client connection", cause);
    var _ = channel.close();
  }
}
