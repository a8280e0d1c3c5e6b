package dev.weir.proxy;

import java.io.Serial;

/// A message that is malformed, ambiguous or beyond a limit, with the status that answers it.
///
/// Without a stack trace: a peer causes it, as often as it likes.
final class MalformedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  MalformedException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  static MalformedException bad(String message) {
    return new MalformedException(400, message);
  }

  /// The status of the answer, for requests: 400, 405, 414, 431, 501 or 505.
  int status() {
    return status;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
