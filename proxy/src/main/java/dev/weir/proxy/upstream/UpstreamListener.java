package dev.weir.proxy.upstream;

import dev.weir.proxy.http.Body;
import dev.weir.proxy.http.MalformedException;
import dev.weir.proxy.http.ResponseHead;
import io.netty.buffer.ByteBuf;

/// Uses an [UpstreamConnection] for one request, and gets all its events.
public interface UpstreamListener {
  /// Bytes came from the replica.
  void heard();

  /// Whether the connection left HTTP: bytes then pass through unread.
  boolean isTunnel();

  /// An interim response such as 100 Continue.
  void interim(ResponseHead interim);

  /// The response's head has come.
  ///
  /// @param body gets the framing of the response's body
  /// @param roomBytes how much room to leave behind the head
  /// @return the head as the client gets it
  ByteBuf responseBegins(ResponseHead response, Body body, int roomBytes) throws MalformedException;

  /// Passes bytes of the response on; the listener releases them.
  void toClient(ByteBuf out);

  /// Whether the connection can carry another request after this response: the whole request was
  /// sent, in a framing that all servers understand alike, and the replica has probably read it.
  boolean leavesConnectionUsable();

  /// The response is complete.
  void responseEnds();

  /// The replica's response breaks HTTP's rules.
  void brokenResponse(MalformedException e);

  /// The replica closed the connection, or it was reset.
  ///
  /// @param begun whether any byte of the response had come
  /// @param reused whether another request had used the connection before
  void upstreamEnded(boolean begun, boolean reused);

  /// The replica closed its side of the tunnel.
  void replicaEnded();

  /// The connection takes more of the request, or no more for now.
  void upstreamWritabilityChanged();

  /// The connection takes the bytes that the client has sent ahead.
  void upstreamTakesMore();
}
