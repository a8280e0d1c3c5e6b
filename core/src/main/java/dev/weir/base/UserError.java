package dev.weir.base;

import java.io.Serial;

/// A failure that the user can fix. The message is one clear line with the setting, the value, what
/// was expected and what to do next. Commands print it without a stack trace.
public final class UserError extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// An error that `message` explains.
  public UserError(String message) {
    super(message);
  }

  /// An error that `message` explains, with its cause for `--debug`.
  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
