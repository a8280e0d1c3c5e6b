package dev.weir.proxy.exchange;

import java.util.concurrent.atomic.AtomicLong;

/// Whether clients use a service: what one worker knows of it. A use lasts from a request's head to
/// the end of its response, stream or tunnel, however early its lease ends.
///
/// One event loop writes it; any thread may read it.
public final class ServiceUse {
  private final AtomicLong open = new AtomicLong();
  private final AtomicLong endedNanos;

  /// @param startNanos when the service began, which counts as the end of a use
  ServiceUse(long startNanos) {
    endedNanos = new AtomicLong(startNanos);
  }

  void begins() {
    open.setOpaque(open.getPlain() + 1);
  }

  void ends(long nowNanos) {
    endedNanos.setOpaque(nowNanos);
    open.setRelease(open.getPlain() - 1); // whoever sees the end also sees when it was
  }

  /// How long there has been no use, in seconds; 0 while there is one.
  public double idleSeconds(long nowNanos) {
    return open.getAcquire() > 0 ? 0 : Math.max(0, nowNanos - endedNanos.getOpaque()) / 1e9;
  }
}
