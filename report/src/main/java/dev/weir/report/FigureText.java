package dev.weir.report;

import java.util.Locale;

/// Formats figures for readers: about three significant digits, with the unit, and "-" for none.
final class FigureText {
  private static final String NONE = "–";

  private FigureText() {}

  static String millis(double millis) {
    return number(millis) + unit(millis, " ms");
  }

  static String perSecond(double rate) {
    return number(rate) + unit(rate, "/s");
  }

  static String seconds(double seconds) {
    return number(seconds) + unit(seconds, " s");
  }

  static String percent(double fraction) {
    double percent = fraction * 100;
    if (percent > 0 && percent < 0.05) {
      return "< 0.1 %";
    }
    return number(percent >= 99.95 ? Math.rint(percent) : Math.rint(percent * 10) / 10)
        + unit(fraction, " %");
  }

  static String count(double count) {
    return Double.isNaN(count) ? NONE : String.format(Locale.ROOT, "%,d", Math.round(count));
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String ratio(double ratio) {
    return Double.isFinite(ratio) ? number(ratio) + "×" : NONE;
  }

  /// Three significant digits, no exponent, thousands apart.
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    if (size < 0.001) {
      decimals = Math.min(9, 2 - (int) Math.floor(Math.log10(size)));
    }
    return plain(String.format(Locale.ROOT, "%,." + decimals + "f", value));
  }

  private static String plain(String number) {
    return number.contains(".") ? number.replaceAll("0+$", "").replaceAll("\\.$", "") : number;
  }

  private static String unit(double value, String unit) {
    return Double.isFinite(value) ? unit : "";
  }
}
