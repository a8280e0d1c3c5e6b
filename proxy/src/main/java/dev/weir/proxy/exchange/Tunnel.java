package dev.weir.proxy.exchange;

import dev.weir.proxy.upstream.UpstreamConnection;

/// Which sides of a tunnel have closed: when one ends, the other may still send.
final class Tunnel {
  private boolean clientEnded;
  private boolean replicaEnded;

  /// The client has closed its side; the replica learns of it.
  void clientEnded(UpstreamConnection upstream) {
    clientEnded = true;
    upstream.endOutput();
  }

  /// The replica has closed its side; the client learns of it.
  void replicaEnded(ExchangeClient client) {
    replicaEnded = true;
    client.endOutput();
  }

  boolean isOver() {
    return clientEnded && replicaEnded;
  }

  boolean isHalfOpen() {
    return clientEnded != replicaEnded;
  }
}
