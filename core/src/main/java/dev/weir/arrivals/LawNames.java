package dev.weir.arrivals;

import java.util.Locale;

/// How laws and their parameters are spelled out.
final class LawNames {
  private LawNames() {}

  /// A number as a user would type it: `4`, not `4.0`.
  static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }

  static String law(String name, String parameter, double value) {
    return "%s(%s=%s)".formatted(name, parameter, plain(value));
  }

  static String law(String name, String first, double a, String second, double b) {
    return "%s(%s=%s, %s=%s)".formatted(name, first, plain(a), second, plain(b));
  }
}
