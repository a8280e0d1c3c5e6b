package dev.weir.cluster.install;

import java.io.Serial;

/// A machine on which Docker Engine could not be installed or started. The message is one line for
/// the user.
public final class InstallException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /// A failure that `message` explains.
  public InstallException(String message) {
    super(message);
  }
}
