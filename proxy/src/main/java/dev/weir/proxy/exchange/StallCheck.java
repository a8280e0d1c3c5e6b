package dev.weir.proxy.exchange;

import dev.weir.proxy.config.ProxyTimeouts;
import dev.weir.proxy.config.ResponseTimeouts;
import java.time.Duration;

/// Which side has stalled, once its time-out has expired.
enum StallCheck {
  /// Neither.
  NONE,
  /// The client does not read its response, or does not send the rest of its request.
  CLIENT,
  /// The replica sends nothing, or does not take the rest of the request.
  REPLICA,
  /// Both sides of a tunnel.
  TUNNEL;

  /// Judges an exchange with a replica, `stillNanos` after its last byte moved.
  ///
  /// @param clientReads whether the client takes more of the response
  /// @param awaitsBody whether the replica takes more of the request, and more will come
  static StallCheck of(
      ExchangeState stage,
      boolean clientReads,
      boolean awaitsBody,
      long stillNanos,
      ProxyTimeouts timeouts,
      ResponseTimeouts responses) {
    if (stage == ExchangeState.TUNNEL) {
      return longer(stillNanos, timeouts.tunnel()) ? TUNNEL : NONE;
    }
    boolean unsent = clientReads && awaitsBody;
    if (unsent) {
      return longer(stillNanos, timeouts.body()) ? CLIENT : NONE;
    }
    if (!clientReads) {
      return longer(stillNanos, responses.head()) ? CLIENT : NONE;
    }
    Duration allowed = stage == ExchangeState.RESPONDING ? responses.idle() : responses.head();
    return longer(stillNanos, allowed) ? REPLICA : NONE;
  }

  private static boolean longer(long stillNanos, Duration allowed) {
    return stillNanos > allowed.toNanos();
  }
}
