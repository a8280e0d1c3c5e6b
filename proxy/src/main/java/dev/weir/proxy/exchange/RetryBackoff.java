package dev.weir.proxy.exchange;

import java.util.concurrent.ThreadLocalRandom;

/// How often an exchange has been tried, and how long to wait before the next try.
///
/// A refused connection only costs time, so it is tried again until the deadline. After the first
/// few the intervals grow, to spare replicas that are down from everything that waits.
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

  /// A connection was not accepted.
  void refused() {
    refused++;
  }

  /// Whether enough were refused to say that no replica can be reached.
  boolean areSeveral() {
    return refused >= AT_ONCE;
  }

  /// How long to wait before the next connection, in milliseconds; 0 for not at all.
  long pauseMillis() {
    if (refused < AT_ONCE) {
      return 0;
    }
    long pause = FIRST_PAUSE_MILLIS << Math.min(DOUBLINGS_MAX, refused - AT_ONCE);
    return pause + ThreadLocalRandom.current().nextLong(pause / 2);
  }

  /// A replica broke off before it responded; the request may be sent once more, and no more.
  ///
  /// @return whether this is the first time
  boolean resend() {
    boolean first = !resent;
    resent = true;
    return first;
  }
}
