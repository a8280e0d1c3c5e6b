package dev.weir.term;

import java.util.Locale;

/// Figures with three digits and a unit.
public final class FigureText {
  private FigureText() {}

  /// Such as `12.3 ms`, `845 us`, `1.20 s`.
  public static String duration(double nanos) {
    double size = Math.abs(nanos);
    if (size < 1e3) {
      return String.format(Locale.ROOT, "%.0f ns", nanos);
    }
    if (size < 999.5e3) {
      return digits(nanos / 1e3) + " us";
    }
    return size < 999.5e6 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
  }

  /// The same for a whole number of nanoseconds.
  public static String duration(long nanos) {
    return duration((double) nanos);
  }

  /// A number with three digits, or a dash if there is none.
  public static String number(double value) {
    return Double.isFinite(value) ? digits(value) : "-";
  }

  private static String digits(double value) {
    double size = Math.abs(value);
    String form =
        size >= 99.95 ? "%.0f" : size >= 9.995 ? "%.1f" : size >= 0.0995 ? "%.2f" : "%.3g";
    return String.format(Locale.ROOT, value == 0 ? "%.0f" : form, value);
  }

  /// Such as `1 replica` or `3 replicas`.
  public static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
