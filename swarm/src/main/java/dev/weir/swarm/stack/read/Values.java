package dev.weir.swarm.stack.read;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plain values from the YAML reader, and their text in the docker CLI's form.
public final class Values {
  private Values() {}

  /// A value known to be a mapping; the YAML reader makes only ones with string keys.
  @SuppressWarnings("unchecked") // the only maps among plain values are Map<String, Object>
  public static Map<String, @Nullable Object> map(@Nullable Object value) {
    return value instanceof Map ? (Map<String, @Nullable Object>) value : Map.of();
  }

  /// A value known to be a list.
  @SuppressWarnings("unchecked") // lists among plain values hold plain values
  public static List<@Nullable Object> list(@Nullable Object value) {
    return value instanceof List ? (List<@Nullable Object>) value : List.of();
  }

  /// The text of a scalar: floats as Go prints them (`1e+06`, not `1000000.0`).
  public static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Double number -> text(number.doubleValue());
      default -> value.toString();
    };
  }

  private static String text(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    // toString gives the shortest digits that read back; only their layout differs from Go's.
    var shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String sign = number < 0 ? "-" : "";
    return String.format(
        Locale.ROOT, "%s%se%s%02d", sign, mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
