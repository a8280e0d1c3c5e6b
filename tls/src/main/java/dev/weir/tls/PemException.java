package dev.weir.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/// A PEM file was read but lacks what was expected. The message names the file and the reason.
public final class PemException extends GeneralSecurityException {
  private static final long serialVersionUID = 1;

  private final String reason;

  PemException(Path file, String reason, @Nullable Exception cause) {
    super(file + ": " + reason, cause);
    this.reason = reason;
  }

  /// Why the file cannot be used, such as "it holds none".
  public String reason() {
    return reason;
  }
}
