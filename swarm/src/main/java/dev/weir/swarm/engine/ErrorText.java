package dev.weir.swarm.engine;

/// Short texts of exceptions.
final class ErrorText {
  private ErrorText() {}

  /// The first line of its message, or its type if it has none.
  static String first(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse(message);
  }
}
