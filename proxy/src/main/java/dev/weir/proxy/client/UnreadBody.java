package dev.weir.proxy.client;

import dev.weir.proxy.exchange.UpstreamRequest;
import dev.weir.proxy.http.MalformedException;
import io.netty.buffer.ByteBuf;

/// The rest of a request whose response ended first, as when a client sends head and body apart.
/// The client expects to keep the connection and may have sent the next request, which closing
/// would lose. So a short rest is read and dropped.
final class UnreadBody {
  private static final long BYTES_MAX = 256 * 1024;

  private final UpstreamRequest request;
  private long bytes;

  UnreadBody(UpstreamRequest request) {
    this.request = request;
  }

  /// Drops the bytes of the request that have come.
  void skip(ByteBuf in) throws MalformedException {
    int before = in.readableBytes();
    request.skipBody(in);
    bytes += before - in.readableBytes();
  }

  boolean isOver() {
    return request.isComplete();
  }

  boolean isTooMuch() {
    return bytes > BYTES_MAX;
  }
}
