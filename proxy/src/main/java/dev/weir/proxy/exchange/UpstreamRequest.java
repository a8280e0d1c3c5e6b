package dev.weir.proxy.exchange;

import dev.weir.proxy.http.Body;
import dev.weir.proxy.http.MalformedException;
import dev.weir.proxy.http.Method;
import dev.weir.proxy.http.RequestHead;
import dev.weir.proxy.process.MemoryBudget;
import dev.weir.proxy.upstream.UpstreamConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// One request as replicas get it: its head, kept while it may have to be sent again, and the
/// framing of its body, which streams through.
public final class UpstreamRequest {
  /// A replica may refuse a longer body unread and close silently.
  private static final long LARGE_BODY_BYTES = 64 * 1024;

  private static final int REFUSALS_FROM = 400;

  private final Body body = new Body();
  private final Method method;
  private final boolean http11;
  private final boolean keepsAlive;
  private final boolean upgrades;
  private final boolean oddCodings;
  private final boolean mayStayAway;
  private final MemoryBudget memory;
  private @Nullable ByteBuf head;
  private long bodyBytes;

  /// @param head the head as replicas get it, which counts as held until it is dropped or sent
  UpstreamRequest(RequestHead request, ByteBuf head, MemoryBudget memory) {
    this.head = head;
    this.memory = memory;
    memory.take(head.capacity());
    method = request.method();
    http11 = request.isHttp11();
    keepsAlive = request.keepsAlive() && request.codings() == 0;
    upgrades = request.wantsUpgrade();
    oddCodings = request.codings() != 0;
    mayStayAway = request.expectsContinue();
    if (request.isChunked()) {
      body.chunked(false);
    } else {
      body.length(Math.max(0, request.contentLength()));
    }
  }

  void sendHead(UpstreamConnection to) {
    ByteBuf sent = head;
    if (sent == null) {
      throw new IllegalStateException("the head was sent already");
    }
    if (method.isIdempotent()) {
      to.write(sent.retainedDuplicate());
    } else {
      head = null;
      memory.take(-sent.capacity());
      to.write(sent);
    }
  }

  /// Passes on the part of the body that has come.
  void sendBody(ByteBuf in, UpstreamConnection to) throws MalformedException {
    while (in.isReadable() && !body.isDone()) {
      int some = body.scan(in);
      if (some > 0) {
        dropHead(); // the body's bytes are gone: no other replica could get the whole
        bodyBytes += some;
        to.write(in.readRetainedSlice(some));
      } else {
        in.skipBytes(-some);
      }
    }
    if (body.takeEnd()) {
      dropHead();
      to.write(Body.writeEnd(ByteBufAllocator.DEFAULT.ioBuffer(Body.END_BYTES)));
    }
  }

  /// Drops the part of the body that has come; the response did not need it.
  public void skipBody(ByteBuf in) throws MalformedException {
    while (in.isReadable() && !body.isDone()) {
      in.skipBytes(Math.abs(body.scan(in)));
    }
  }

  /// Whether the rest of the body is certain to come: a client that expects a 100 may omit it.
  public boolean isRestCertain() {
    return !mayStayAway;
  }

  /// Whether sending it again is possible and harmless.
  boolean maySendAgain() {
    return head != null;
  }

  void dropHead() {
    ByteBuf dropped = head;
    head = null;
    if (dropped != null) {
      memory.take(-dropped.capacity());
      dropped.release();
    }
  }

  /// Whether all of the body has come.
  public boolean isComplete() {
    return body.isDone();
  }

  /// Whether its replica's connection can take another request after a response of this status: a
  /// large body may have been refused unread, and some servers do not know odd codings.
  boolean leavesConnectionUsable(int status) {
    boolean unread = status >= REFUSALS_FROM && bodyBytes > LARGE_BODY_BYTES;
    return isComplete() && !oddCodings && !unread;
  }

  boolean isHead() {
    return method == Method.HEAD;
  }

  boolean isHttp11() {
    return http11;
  }

  /// Whether the client may send another request on its connection.
  boolean keepsAlive() {
    return keepsAlive;
  }

  boolean wantsUpgrade() {
    return upgrades;
  }
}
