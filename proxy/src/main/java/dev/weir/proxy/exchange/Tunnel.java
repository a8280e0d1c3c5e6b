package dev.weir.proxy.exchange;

/// Which sides of a tunnel have closed: when one ends, the other may still send.
final class Tunnel {
  private boolean clientEnded;
  private boolean replicaEnded;

  void clientEnded() {
    clientEnded = true;
  }

  void replicaEnded() {
    replicaEnded = true;
  }

  boolean isOver() {
    return clientEnded && replicaEnded;
  }

  boolean isHalfOpen() {
    return clientEnded != replicaEnded;
  }
}
