package dev.weir.proxy.upstream;

import dev.weir.proxy.config.ProxyTimeouts;
import dev.weir.proxy.http.Body;
import dev.weir.proxy.http.InterimResponseLimit;
import dev.weir.proxy.http.MalformedException;
import dev.weir.proxy.http.ResponseHead;
import dev.weir.proxy.process.MemoryBudget;
import dev.weir.proxy.socket.Output;
import dev.weir.proxy.socket.ReadSizes;
import dev.weir.proxy.worker.Flushed;
import dev.weir.proxy.worker.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A connection to a replica: carries one exchange at a time, and is idle in between.
public final class UpstreamConnection extends ChannelInboundHandlerAdapter implements Flushed {
  private static final int SMALL_BODY_BYTES = 2048;

  private final Worker worker;
  private final UpstreamPool pool;
  private final Body body = new Body();
  private final long openedNanos;
  private @Nullable Channel channel;
  private @Nullable UpstreamListener listener;
  private @Nullable WriteListener writes;
  private @Nullable ResponseHead head;
  private boolean headRead;
  private boolean keepsAlive;
  private boolean reused;
  private final InterimResponseLimit interims = new InterimResponseLimit();
  private long idleNanos;

  UpstreamConnection(Worker worker, UpstreamPool pool) {
    this.worker = worker;
    this.pool = pool;
    this.openedNanos = worker.nowNanos();
    this.idleNanos = openedNanos;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
    channel.config().setRecvByteBufAllocator(new ReadSizes(worker.memory()::isShort));
    worker.memory().take(MemoryBudget.CONNECTION_BYTES);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    worker.memory().take(-MemoryBudget.CONNECTION_BYTES);
  }

  /// Whether the connection is open, young and recently used.
  boolean isFresh(long nowNanos) {
    ProxyTimeouts timeouts = worker.settings().timeouts();
    return channel != null
        && channel.isActive()
        && nowNanos - idleNanos < timeouts.poolIdle().toNanos()
        && nowNanos - openedNanos < timeouts.poolAge().toNanos();
  }

  void idleFrom(long nowNanos) {
    idleNanos = nowNanos;
    reused = true;
  }

  /// Whether any byte of the current request's response has come.
  boolean hasResponseBegun() {
    return headRead || interims.isBegun() || (head != null && head.isStarted());
  }

  @Nullable SocketAddress remoteAddress() {
    return channel == null ? null : channel.remoteAddress();
  }

  public UpstreamPool pool() {
    return pool;
  }

  public void attach(UpstreamListener next, WriteListener counting) {
    writes = counting;
    listener = next;
    headRead = false;
    interims.begin();
    body.none();
  }

  public void write(ByteBuf out) {
    Channel to = open();
    if (writes != null) {
      writes.wroteUpstream(out.readableBytes());
    }
    var _ = to.write(out, to.voidPromise());
    worker.flushLater(this);
  }

  @Override
  public void flush() {
    open().flush();
    if (writes != null) {
      writes.flushed();
    }
  }

  public boolean isWritable() {
    return channel != null && channel.isWritable();
  }

  /// Pauses reading while the client is slower than the replica.
  public void read(boolean reads) {
    Channel from = open();
    if (from.config().isAutoRead() != reads) {
      from.config().setAutoRead(reads);
    }
  }

  private Channel open() {
    if (channel == null) {
      throw new IllegalStateException("not connected");
    }
    return channel;
  }

  public void close() {
    detach();
    if (channel != null) {
      var _ = channel.close();
    }
  }

  private void detach() {
    listener = null;
    writes = null;
    if (head != null) {
      worker.giveBack(head);
      head = null;
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var in = (ByteBuf) message;
    UpstreamListener current = listener;
    if (current == null) {
      in.release();
      pool.remove(this);
      close(); // bytes without a request: the next response could be mistaken
      return;
    }
    current.heard();
    boolean passedOn = false;
    try {
      passedOn = current.isTunnel() ? tunnel(current, in) : respond(current, in);
    } catch (MalformedException e) {
      current.brokenResponse(e);
    } finally {
      if (!passedOn) {
        in.release();
      }
    }
  }

  /// How many bytes the replica has not taken yet.
  public long pendingBytes() {
    return channel == null ? 0 : Output.pendingBytes(channel);
  }

  /// Sends the replica what was written, then the end of the stream.
  public void endOutput() {
    Output.end(open());
  }

  /// Closes once all written bytes are sent.
  public void closeAfterFlush() {
    detach();
    Output.close(open());
  }

  /// The replica ended its side. A tunnel passes that on; otherwise the connection is over.
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof ChannelInputShutdownEvent)) {
      return;
    }
    if (listener != null && listener.isTunnel()) {
      listener.replicaEnded();
    } else {
      var _ = context.close();
    }
  }

  private static boolean tunnel(UpstreamListener current, ByteBuf in) {
    current.toClient(in);
    return true;
  }

  /// Reads the available part of the response; returns whether `in` itself was passed on.
  private boolean respond(UpstreamListener current, ByteBuf in) throws MalformedException {
    ByteBuf out = null;
    boolean passedOn = false;
    try {
      if (!headRead) {
        out = readHead(current, in);
        if (out == null) {
          return false;
        }
      }
      while (in.isReadable() && !body.isDone() && !current.isTunnel()) {
        int some = body.scan(in);
        if (some < 0) {
          in.skipBytes(-some);
        } else if (out != null && some <= out.writableBytes()) {
          in.readBytes(out, some);
        } else {
          if (out != null) {
            current.toClient(out);
            out = null;
          }
          if (some == in.readableBytes()) {
            passedOn = true;
            current.toClient(in);
            break;
          }
          current.toClient(in.readRetainedSlice(some));
        }
      }
    } catch (MalformedException e) {
      if (out != null) {
        out.release();
      }
      throw e;
    }
    if (body.takeEnd()) {
      out = Body.writeEnd(out == null ? in.alloc().ioBuffer() : out);
    }
    if (out != null) {
      current.toClient(out);
    }
    if (current.isTunnel()) {
      if (in.isReadable()) {
        current.toClient(in.readRetainedSlice(in.readableBytes()));
      }
      current.upstreamTakesMore(); // a client need not wait for the 101
    } else if (body.isDone()) {
      responded(current, !passedOn && in.isReadable());
    }
    return passedOn;
  }

  /// Reads heads until a final one is complete; null if it is not, or if the request ended.
  private @Nullable ByteBuf readHead(UpstreamListener current, ByteBuf in)
      throws MalformedException {
    while (true) {
      if (head == null) {
        head = worker.borrowResponseHead().lenient(pool.isLenient());
      }
      if (!head.feed(in)) {
        return null;
      }
      ResponseHead complete = head;
      if (complete.isInterim()) {
        interims.take(complete.headBytes(), worker.nowNanos());
        current.interim(complete);
        complete.reset();
        continue;
      }
      headRead = true;
      keepsAlive = complete.keepsAlive() && !complete.claimsImpossibleBody();
      ByteBuf out =
          current.responseBegins(complete, body, Math.min(in.readableBytes(), SMALL_BODY_BYTES));
      head = null;
      worker.giveBack(complete);
      return out;
    }
  }

  private void responded(UpstreamListener current, boolean unreadBody) {
    boolean reusable =
        keepsAlive && !unreadBody && !body.endsWithConnection() && current.leavesConnectionUsable();
    detach();
    if (reusable) {
      read(true);
      pool.put(this);
    } else {
      close();
    }
    current.responseEnds();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (listener != null) {
      listener.upstreamWritabilityChanged();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended(null);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof ChannelOutputShutdownException && listener != null) {
      return; // it takes no more of the request, but its response may still be there to read
    }
    if (!(cause instanceof IOException)) {
      worker.failure("replica " + pool.replica().id(), cause);
    }
    ended(cause);
    var _ = context.close();
  }

  private void ended(@Nullable Throwable cause) {
    UpstreamListener current = listener;
    if (current == null) {
      pool.remove(this);
      return;
    }
    boolean complete = cause == null && headRead && body.endsWithConnection();
    boolean begun = hasResponseBegun();
    detach();
    if (complete) {
      current.responseEnds();
    } else {
      current.upstreamEnded(begun, reused);
    }
  }
}
