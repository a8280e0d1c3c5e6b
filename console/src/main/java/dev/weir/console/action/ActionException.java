package dev.weir.console.action;

import java.io.Serial;

/// Why an action was not done, in one clear line for the viewer.
public final class ActionException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  /// @param status of HTTP, such as 404
  /// @param message one line
  public ActionException(int status, String message) {
    super(message);
    this.status = status;
  }

  /// The status of HTTP.
  public int status() {
    return status;
  }

  /// The line for the viewer.
  public String line() {
    return String.valueOf(getMessage());
  }
}
