package dev.weir.proxy.exchange;

import java.util.concurrent.ThreadLocalRandom;

/// How often an exchange has tried, and how long to wait before the next try.
///
/// A refused connection costs only time, so the exchange tries until the deadline. After the first
/// few tries the intervals grow, to spare failed replicas a flood of connections.
final class RetryBackoff {
  private static final int AT_ONCE = 3;
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final int DOUBLINGS_MAX = 5;

  private int refused;
  private boolean resent;

  /// Whether nothing has been tried yet.
  boolean isFirst() {
    return refused == 0 && !resent;
  }

  /// A replica did not accept a connection.
  void refused() {
    refused++;
  }

  /// Whether enough connections were refused to conclude that no replica is reachable.
  boolean areSeveral() {
    return refused >= AT_ONCE;
  }

  /// How long to wait before the next connection, in milliseconds; 0 to connect at once.
  long pauseMillis() {
    if (refused < AT_ONCE) {
      return 0;
    }
    long pause = FIRST_PAUSE_MILLIS << Math.min(DOUBLINGS_MAX, refused - AT_ONCE);
    return pause + ThreadLocalRandom.current().nextLong(pause / 2);
  }

  /// A replica broke off before it responded; the request may be sent only once more.
  ///
  /// @return whether this is the first time
  boolean resend() {
    boolean first = !resent;
    resent = true;
    return first;
  }
}
