package dev.weir.proxy.exchange;

import dev.weir.proxy.http.LocalResponse;
import dev.weir.proxy.upstream.WriteListener;
import io.netty.buffer.ByteBuf;

/// The client's side of an [Exchange]: takes the response and provides the request.
public interface ExchangeClient extends WriteListener {
  /// Continues with the bytes of the request that have been read.
  void advance();

  /// Writes bytes of the response.
  void write(ByteBuf out);

  /// Whether the client takes its response as fast as it arrives.
  boolean isWritable();

  /// Writes a local response, which ends the exchange.
  void respond(LocalResponse response, boolean headOnly, boolean close);

  /// The exchange is over and its response written; the rest of `request` may still come.
  void exchangeEnded(boolean keep, UpstreamRequest request);

  /// Closes the connection in a way that shows the client that its response is incomplete.
  void cut();

  /// Closes the connection once all written bytes are sent.
  void closeAfterFlush();

  /// Sends the client the end of the stream once all written bytes are sent.
  void endOutput();
}
