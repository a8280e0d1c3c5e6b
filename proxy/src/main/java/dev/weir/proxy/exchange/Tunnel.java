package dev.weir.proxy.exchange;

/// Which sides of a tunnel have closed: either may go on sending when the other has ended.
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
