package dev.weir.cli.option;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a duration as people type it: `500ms`, `30s`, `1m30s`, `1.5h`, or ISO 8601 such as
/// `PT30S`.
public final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|ms|s|m|h|d)");

  @Override
  public Duration convert(String text) {
    String typed = text.strip().toLowerCase(Locale.ROOT);
    try {
      return typed.startsWith("p") ? Duration.parse(typed) : parts(typed);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw refused(text);
    }
  }

  private static Duration parts(String typed) {
    Matcher part = PART.matcher(typed);
    BigDecimal nanos = BigDecimal.ZERO;
    int end = 0;
    while (end < typed.length() && part.find(end) && part.start() == end) {
      BigDecimal unit = BigDecimal.valueOf(unitNanos(part.group(2)));
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
      end = part.end();
    }
    if (end == 0 || end < typed.length()) {
      throw refused(typed);
    }
    return Duration.ofNanos(nanos.toBigInteger().longValueExact());
  }

  private static long unitNanos(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "us" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> 1_000_000_000;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> 86_400_000_000_000L;
    };
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "%s (expected: a number with its unit, such as 500ms, 30s, 1m30s, 1h or PT30S)"
            .formatted(text.isEmpty() ? "nothing" : text));
  }
}
