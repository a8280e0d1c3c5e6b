package dev.weir.scale;

import java.util.Locale;

/// What a [Decision] about the number of replicas rests on: the term that asked for the most, or
/// the bound that had the last word.
public enum Term {
  /// The rate of arrivals now, with its uncertainty.
  BASE,
  /// The rate that a clear trend leads to by the time a new replica is ready.
  TREND,
  /// The requests that wait, to be served soon after new replicas are ready.
  BACKLOG,
  /// The rate of a moment ago: a fall must last before replicas go.
  HOLD,
  /// Someone else set the count.
  HUMAN,
  /// A request waits while there is no replica.
  WAKE,
  /// Nothing has used the service for long enough to go without replicas.
  IDLE,
  /// The least number allowed.
  FLOOR,
  /// The greatest number allowed.
  CAP,
  /// Too little is known, or what is known is too old, to go down.
  STALE;

  /// As decisions are written: `base`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
