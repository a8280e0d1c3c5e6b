package dev.weir.base;

/// Checks of values. Their messages name the setting as the user typed it, the value, and what was
/// expected.
public final class Checks {
  private Checks() {}

  /// Returns `value` if it is at least `minimum`.
  ///
  /// @throws IllegalArgumentException naming the setting otherwise
  public static int atLeast(int minimum, int value, String name) {
    check(value >= minimum, name, value, ">= " + minimum);
    return value;
  }

  /// Returns `value` if it is at least `minimum`.
  ///
  /// @throws IllegalArgumentException naming the setting otherwise
  public static long atLeast(long minimum, long value, String name) {
    check(value >= minimum, name, value, ">= " + minimum);
    return value;
  }

  /// Returns `value` if it is finite and greater than zero.
  ///
  /// @throws IllegalArgumentException naming the setting otherwise
  public static double positive(double value, String name) {
    check(value > 0 && Double.isFinite(value), name, value, "> 0");
    return value;
  }

  /// Returns `value` if it is finite and not negative.
  ///
  /// @throws IllegalArgumentException naming the setting otherwise
  public static double notNegative(double value, String name) {
    check(value >= 0 && Double.isFinite(value), name, value, ">= 0");
    return value;
  }

  /// Returns `value` if it lies in `[min, max]`.
  ///
  /// @throws IllegalArgumentException naming the setting otherwise
  public static double within(double min, double max, double value, String name) {
    check(value >= min && value <= max, name, value, ">= %s and <= %s".formatted(min, max));
    return value;
  }

  /// Refuses a value with the one message format of this project.
  ///
  /// @throws IllegalArgumentException if `holds` is false
  public static void check(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(message(name, value, expected));
    }
  }

  static String message(String name, Object value, String expected) {
    return "%s: %s (expected: %s)".formatted(name, value, expected);
  }
}
