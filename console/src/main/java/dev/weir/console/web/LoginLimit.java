package dev.weir.console.web;

import dev.weir.base.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Slows down whoever tries tokens: ten wrong ones, then one every six seconds. Used on the event
/// loop alone.
final class LoginLimit {
  static final int BURST = 10;
  static final Duration PER_TRY = Duration.ofSeconds(6);
  private static final int PEERS_MAX = 1000;

  private final Ticker clock;

  /// When each client's failures will be forgiven.
  private final Map<String, Long> paidNanos = new LinkedHashMap<>();

  LoginLimit(Ticker clock) {
    this.clock = clock;
  }

  /// How long the client has to wait; zero or less if it may try now.
  Duration wait(String peer) {
    long now = clock.nanos();
    long paid = paidNanos.getOrDefault(peer, now);
    return Duration.ofNanos(paid - now).minus(PER_TRY.multipliedBy(BURST - 1L));
  }

  void failed(String peer) {
    long now = clock.nanos();
    Long before = paidNanos.remove(peer);
    long start = before == null || before - now < 0 ? now : before;
    paidNanos.put(peer, start + PER_TRY.toNanos());
    if (paidNanos.size() > PEERS_MAX) {
      paidNanos.remove(paidNanos.keySet().iterator().next());
    }
  }
}
