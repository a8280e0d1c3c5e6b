package dev.weir.proxy.client;

import dev.weir.proxy.exchange.UpstreamRequest;
import dev.weir.proxy.http.MalformedException;
import io.netty.buffer.ByteBuf;

/// The rest of a request when its response ended first, as happens when a client sends head and
/// body apart. The client expects the connection to last and may have sent the next request: to
/// close now would lose it. So the rest is read and dropped, if it is little.
final class UnreadBody {
  private static final long BYTES_MAX = 256 * 1024;

  private final UpstreamRequest request;
  private long bytes;

  UnreadBody(UpstreamRequest request) {
    this.request = request;
  }

  /// Drops what of the request has come.
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
