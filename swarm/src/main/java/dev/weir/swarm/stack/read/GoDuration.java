package dev.weir.swarm.stack.read;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations in Compose files (`1m30s`, `1.5h`, `-2ms`), in nanoseconds.
final class GoDuration {
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)([a-zµμ]+)");
  private static final int LETTERS_MAX = 200;
  private static final Map<String, Long> UNITS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoDuration() {}

  /// @throws IllegalArgumentException with the expected form
  static long nanos(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.length() > LETTERS_MAX) {
      throw refusal();
    }
    if (rest.equals("0")) {
      return 0;
    }
    BigInteger sum = BigInteger.ZERO;
    Matcher matcher = PART.matcher(rest);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      Long unit = UNITS.get(matcher.group(2));
      if (unit == null) {
        throw refusal();
      }
      sum =
          sum.add(
              new BigDecimal(matcher.group(1))
                  .multiply(BigDecimal.valueOf(unit))
                  .setScale(0, RoundingMode.DOWN)
                  .toBigInteger());
      end = matcher.end();
    }
    BigInteger signed = negative ? sum.negate() : sum;
    if (end == 0 || end != rest.length() || signed.bitLength() > 63) {
      throw refusal();
    }
    return signed.longValue();
  }

  private static IllegalArgumentException refusal() {
    return new IllegalArgumentException("not a duration (expected: such as 10s, 1m30s or 500ms)");
  }

  /// The text of a duration: `1m30s`.
  static String text(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    String sign = nanos < 0 ? "-" : "";
    BigDecimal left = BigDecimal.valueOf(nanos).abs();
    BigDecimal second = BigDecimal.valueOf(1_000_000_000L);
    if (left.compareTo(second) < 0) {
      String unit = left.longValue() < 1_000 ? "ns" : left.longValue() < 1_000_000 ? "µs" : "ms";
      return sign + plain(left.divide(BigDecimal.valueOf(UNITS.getOrDefault(unit, 1L)))) + unit;
    }
    BigDecimal seconds = left.divide(second);
    long minutes = seconds.longValue() / 60;
    String tail = plain(seconds.subtract(BigDecimal.valueOf(minutes * 60))) + "s";
    if (minutes == 0) {
      return sign + tail;
    }
    String hours = minutes >= 60 ? minutes / 60 + "h" : "";
    return sign + hours + minutes % 60 + "m" + tail;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
