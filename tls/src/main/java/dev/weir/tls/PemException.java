package dev.weir.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/// A PEM file was read but lacks what was expected. The message says why, without the file's name.
public final class PemException extends GeneralSecurityException {
  private static final long serialVersionUID = 1;

  private final String file;

  PemException(Path file, String reason, @Nullable Exception cause) {
    super(reason, cause);
    this.file = file.toString();
  }

  /// The file, then the reason.
  @Override
  public String toString() {
    return file + ": " + getMessage();
  }
}
