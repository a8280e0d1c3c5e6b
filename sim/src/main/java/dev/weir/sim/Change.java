package dev.weir.sim;

import dev.weir.base.Checks;

/// A server's speed changes in mid-run.
///
/// @param atSeconds when
/// @param server which, from 0
/// @param speed its new speed; 0 is a crash: what it has fails, and what comes fails at once
public record Change(double atSeconds, int server, double speed) {
  public Change {
    Checks.notNegative(atSeconds, "change.at");
    Checks.atLeast(0, server, "change.server");
    Checks.notNegative(speed, "change.speed");
  }
}
