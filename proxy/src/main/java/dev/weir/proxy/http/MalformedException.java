package dev.weir.proxy.http;

import java.io.Serial;

/// A message that is malformed, ambiguous or beyond a limit, with the status of the response.
///
/// It has no stack trace, because peers can cause it at any rate.
public final class MalformedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  public MalformedException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  public static MalformedException bad(String message) {
    return new MalformedException(400, message);
  }

  /// The status of the response, for requests: 400, 405, 414, 431, 501 or 505.
  public int status() {
    return status;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
