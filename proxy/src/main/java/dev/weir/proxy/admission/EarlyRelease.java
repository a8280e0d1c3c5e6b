package dev.weir.proxy.admission;

import dev.weir.balance.Outcome;

/// Why a lease ends before its response does. The exchange continues without it.
public enum EarlyRelease {
  /// The replica waited for the client more than it worked.
  CLIENT("client", Outcome.IGNORED),
  /// The replica sent the head of its response, then nothing for several service times.
  IDLE("idle", Outcome.IGNORED),
  /// The response is an event stream: open for hours, and idle for most of them.
  STREAM("stream", Outcome.SUCCEEDED);

  private final String label;
  private final Outcome outcome;

  EarlyRelease(String label, Outcome outcome) {
    this.label = label;
    this.outcome = outcome;
  }

  /// What metrics call it.
  public String label() {
    return label;
  }

  /// The outcome for the balancer. A stream's time to its head is a service time; a time that
  /// includes waiting for the client is not.
  public Outcome outcome() {
    return outcome;
  }
}
