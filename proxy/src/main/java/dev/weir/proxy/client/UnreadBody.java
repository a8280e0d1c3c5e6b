package dev.weir.proxy.client;

import dev.weir.proxy.exchange.UpstreamRequest;
import dev.weir.proxy.http.MalformedException;
import io.netty.buffer.ByteBuf;

/// The rest of a request that was answered before all of it had come, if only because its client
/// sends head and body apart. The client was not told that the connection ends, and may have the
/// next request on its way: to close now would lose it. So the rest is read and dropped, if it is
/// little.
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
