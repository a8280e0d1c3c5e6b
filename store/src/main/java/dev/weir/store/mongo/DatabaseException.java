package dev.weir.store.mongo;

import java.io.Serial;

/// A database did not respond or refused a request. The message is one line for the user, without
/// passwords.
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

  /// An error that persists if tried again.
  static DatabaseException refused(String message) {
    return new DatabaseException(message);
  }

  /// Whether trying again later may help.
  public boolean isAway() {
    return away;
  }
}
