package dev.weir.scale;

import dev.weir.base.Checks;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A promise of latency (an SLO): this part of the responses comes within this time, as in
/// `p99<300ms`.
///
/// @param percentile above 0 and below 100
/// @param seconds the time, > 0
public record Promise(double percentile, double seconds) {
  /// What [#parse] takes, for error messages.
  public static final String EXPECTED = "a percentile and a time, as in p99<300ms or p99.9<1.5s";

  private static final Pattern FORM =
      Pattern.compile(
          "[pP]([0-9]{1,2}(?:\\.[0-9]{1,3})?)\\s*<\\s*([0-9]{1,6}(?:\\.[0-9]{1,3})?)\\s*(us|ms|s)");

  public Promise {
    Checks.check(percentile > 0 && percentile < 100, "percentile", percentile, "> 0 and < 100");
    Checks.positive(seconds, "seconds");
  }

  /// Reads `p99<300ms`, `p99.9<1s`, `p95 < 250 ms`; the units are `us`, `ms` and `s`.
  ///
  /// @throws IllegalArgumentException naming the value and what was expected
  public static Promise parse(String text) {
    return parse("promise", text);
  }

  /// Reads a promise that the user gave as the setting `name`.
  ///
  /// @throws IllegalArgumentException naming the setting, the value and what was expected
  public static Promise parse(String name, String text) {
    Matcher form = FORM.matcher(text.strip());
    boolean holds = form.matches() && parsed(form.group(1)) > 0 && parsed(form.group(2)) > 0;
    Checks.check(holds, name, text.isBlank() ? "empty" : text, EXPECTED);
    return new Promise(
        parsed(form.group(1)),
        new BigDecimal(form.group(2)).multiply(unit(form.group(3))).doubleValue());
  }

  private static double parsed(String number) {
    return Double.parseDouble(number);
  }

  private static BigDecimal unit(String name) {
    return switch (name) {
      case "us" -> new BigDecimal("0.000001");
      case "ms" -> new BigDecimal("0.001");
      default -> BigDecimal.ONE;
    };
  }

  /// The part of the responses that comes in time: .99 for `p99`.
  public double share() {
    return percentile / 100;
  }

  /// As [#parse] reads it: `p99<300ms`.
  public String text() {
    BigDecimal exact = BigDecimal.valueOf(seconds);
    String time = seconds < 1 ? plain(exact.movePointRight(3)) + "ms" : plain(exact) + "s";
    return "p%s<%s".formatted(plain(BigDecimal.valueOf(percentile)), time);
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  @Override
  public String toString() {
    return text();
  }
}
