package dev.weir.cluster.host;

import java.util.Optional;

/// A machine that is logged in to, and what it is.
///
/// @param host the connection
/// @param facts what it says about itself
/// @param clock how far its clock is off; empty if that could not be read
public record Machine(Host host, HostFacts facts, Optional<ClockOffset> clock) {
  /// How the user calls it.
  public String name() {
    return host.name();
  }
}
