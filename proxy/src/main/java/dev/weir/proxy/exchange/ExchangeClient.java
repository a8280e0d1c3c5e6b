package dev.weir.proxy.exchange;

import dev.weir.proxy.http.LocalResponse;
import dev.weir.proxy.upstream.WriteListener;
import io.netty.buffer.ByteBuf;

/// The client's side of an [Exchange]: takes the response, and gives the request.
public interface ExchangeClient extends WriteListener {
  /// Goes on with what has been read of the request.
  void advance();

  /// Writes bytes of the response.
  void write(ByteBuf out);

  /// Whether the client takes its response as fast as it comes.
  boolean isWritable();

  /// Writes a response of the proxy's own, which ends the exchange.
  void respond(LocalResponse response, boolean headOnly, boolean close);

  /// The exchange is over, its response written; of `request` some may still come.
  void exchangeEnded(boolean keep, UpstreamRequest request);

  /// Closes the connection such that the client cannot take what it got for the whole.
  void cut();

  /// Closes the connection once all that was written is sent.
  void closeAfterFlush();

  /// Sends the client the end of the stream once all that was written is sent.
  void endOutput();
}
