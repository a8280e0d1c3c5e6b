package dev.weir.store.mongo;

import java.io.Serial;

/// Why a database could not be asked, or what it refused. The message is one line for its user,
/// without passwords.
public final class DatabaseException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final boolean away;

  DatabaseException(boolean away, String message, Throwable cause) {
    super(message, cause);
    this.away = away;
  }

  private DatabaseException(String message) {
    super(message);
    this.away = false;
  }

  /// Something that trying again does not mend.
  static DatabaseException refused(String message) {
    return new DatabaseException(message);
  }

  /// Whether trying again later may help.
  public boolean isAway() {
    return away;
  }
}
