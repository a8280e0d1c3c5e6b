package dev.weir.proxy;

import java.time.Duration;

/// Whom an exchange waits for, once it has waited long enough to do something about it.
enum Standstill {
  /// Nobody, or not for long.
  NONE,
  /// The client does not read its answer, or does not send the rest of its request, so the replica
  /// is not at work on it.
  SLOT_UNUSED,
  /// The client, for longer than it may take.
  CLIENT,
  /// The replica, for longer than it may take.
  REPLICA,
  /// Either side of a tunnel, for longer than tunnels are kept.
  TUNNEL;

  private static final long UNUSED_NANOS = 200_000_000L;

  /// Judges an exchange that is with a replica and whose last byte moved `stillNanos` ago.
  ///
  /// @param clientReads whether the client takes more of the answer
  /// @param awaitsBody whether the replica takes more of the request, and more is to come
  static Standstill of(
      Stage stage,
      boolean clientReads,
      boolean awaitsBody,
      long stillNanos,
      ProxyTimeouts timeouts) {
    if (stage == Stage.TUNNEL) {
      return longer(stillNanos, timeouts.tunnel()) ? TUNNEL : NONE;
    }
    boolean unsent = clientReads && awaitsBody;
    if (unsent && longer(stillNanos, timeouts.body())) {
      return CLIENT;
    }
    if (!unsent && longer(stillNanos, timeouts.response())) {
      return clientReads ? REPLICA : CLIENT;
    }
    boolean unread = stage == Stage.ANSWERING && !clientReads;
    return (unsent || unread) && stillNanos > UNUSED_NANOS ? SLOT_UNUSED : NONE;
  }

  private static boolean longer(long stillNanos, Duration allowed) {
    return stillNanos > allowed.toNanos();
  }
}
