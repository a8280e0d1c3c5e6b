package dev.weir.balance;

import dev.weir.base.Checks;

/// What becomes of requests while a service has no replica, if that is how it rests: its first
/// request starts one.
///
/// @param startsFromZero whether a request starts a replica; if not, the rest has no meaning
/// @param holdNanos how long requests wait for that replica, at most until their deadline: >= 0
/// @param isFailed whether the start has failed, so that waiting is in vain
public record ColdRule(boolean startsFromZero, long holdNanos, boolean isFailed) {
  /// A service that is without replicas only by accident, or during an update.
  public static final ColdRule NONE = new ColdRule(false, 0, false);

  public ColdRule {
    Checks.check(holdNanos >= 0, "hold", holdNanos, ">= 0");
  }

  /// The same once a replica has started.
  ColdRule started() {
    return isFailed ? new ColdRule(startsFromZero, holdNanos, false) : this;
  }
}
