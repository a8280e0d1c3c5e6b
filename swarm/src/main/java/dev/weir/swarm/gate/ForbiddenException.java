package dev.weir.swarm.gate;

import java.io.Serial;

/// A request that the gate refuses; the message is one line that says why.
final class ForbiddenException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  ForbiddenException(String why) {
    super(why);
  }

  /// Why.
  String why() {
    return String.valueOf(getMessage());
  }
}
