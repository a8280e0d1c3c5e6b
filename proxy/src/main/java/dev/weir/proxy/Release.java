package dev.weir.proxy;

import dev.weir.balance.Fate;

/// Why a lease ends before its response does. The exchange goes on without it.
enum Release {
  /// The replica waited for the client more than it worked.
  CLIENT("client", Fate.IGNORED),
  /// The replica sent the head of its response, then nothing for several service times.
  IDLE("idle", Fate.IGNORED),
  /// The response is an event stream: open for hours, and idle for most of them.
  STREAM("stream", Fate.SUCCEEDED);

  private final String label;
  private final Fate fate;

  Release(String label, Fate fate) {
    this.label = label;
    this.fate = fate;
  }

  /// What metrics call it.
  String label() {
    return label;
  }

  /// What the balancer learns. The time until the client or the replica went on is no service time;
  /// the time until a stream's head is one.
  Fate fate() {
    return fate;
  }
}
