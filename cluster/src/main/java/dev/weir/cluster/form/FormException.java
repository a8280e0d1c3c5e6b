package dev.weir.cluster.form;

import java.io.Serial;

/// A step that failed. The message says on which machine, why, and what to do.
public final class FormException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /// A failure that `message` explains.
  public FormException(String message) {
    super(message);
  }

  /// A failure that `message` explains, with its cause.
  public FormException(String message, Throwable cause) {
    super(message, cause);
  }
}
