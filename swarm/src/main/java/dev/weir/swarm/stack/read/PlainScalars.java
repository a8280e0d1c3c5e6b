package dev.weir.swarm.stack.read;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The meaning of an unquoted YAML scalar.
///
/// Real Compose files mix YAML 1.1 and 1.2. The docker CLI reads both spellings of octal,
/// underscores in numbers, and dates, but neither `yes` nor base 60. We do the same, because a port
/// read as another number is worse than a refusal.
final class PlainScalars {
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern INTEGER =
      Pattern.compile("([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)");

  /// More digits than 64 bits take in any base; reading a million digits would take quadratic time.
  private static final int INTEGER_LETTERS_MAX = 80;

  private static final Pattern DATE =
      Pattern.compile(
          "(\\d{4})-(\\d{1,2})-(\\d{1,2})"
              + "(?:([Tt ])(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(\\.\\d{1,9})?(Z|[-+]\\d{2}:\\d{2})?)?");
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final BigInteger UNSIGNED_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private PlainScalars() {}

  static @Nullable Object read(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      case ".nan", ".NaN", ".NAN" -> (Object) Double.NaN;
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> (Object) Double.POSITIVE_INFINITY;
      case "-.inf", "-.Inf", "-.INF" -> (Object) Double.NEGATIVE_INFINITY;
      default -> numberOrText(text);
    };
  }

  private static Object numberOrText(String text) {
    char first = text.charAt(0);
    if (first == '.') {
      return FLOAT.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
    }
    if (!Character.isDigit(first) && first != '-' && first != '+') {
      return text;
    }
    Timestamp date = timestamp(text);
    if (date != null) {
      return date;
    }
    String plain = text.replace("_", "");
    Object integer = integer(plain);
    if (integer != null) {
      return integer;
    }
    return FLOAT.matcher(plain).matches() ? (Object) Double.valueOf(plain) : text;
  }

  private static @Nullable Object integer(String plain) {
    Matcher matcher = INTEGER.matcher(plain);
    if (plain.length() > INTEGER_LETTERS_MAX || !matcher.matches()) {
      return null;
    }
    String digits = matcher.group(2).toLowerCase(Locale.ROOT);
    BigInteger value;
    if (digits.startsWith("0x")) {
      value = new BigInteger(digits.substring(2), 16);
    } else if (digits.startsWith("0b")) {
      value = new BigInteger(digits.substring(2), 2);
    } else if (digits.startsWith("0") && digits.length() > 1) {
      value = new BigInteger(digits.substring(digits.startsWith("0o") ? 2 : 1), 8);
    } else {
      value = new BigInteger(digits);
    }
    if (matcher.group(1).equals("-")) {
      value = value.negate();
    }
    if (value.bitLength() <= 63) {
      return value.longValue();
    }
    boolean fits = value.signum() > 0 && value.compareTo(UNSIGNED_MAX) <= 0;
    return fits && matcher.group(1).isEmpty() ? value : null;
  }

  private static @Nullable Timestamp timestamp(String text) {
    Matcher matcher = DATE.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    boolean zoned = matcher.group(9) != null;
    String separator = matcher.group(4);
    if (separator != null && zoned == separator.equals(" ")) {
      return null; // with a T a zone is needed, with a space none may stand
    }
    try {
      LocalDate day = LocalDate.of(number(matcher, 1), number(matcher, 2), number(matcher, 3));
      LocalTime time =
          separator == null
              ? LocalTime.MIDNIGHT
              : LocalTime.of(number(matcher, 5), number(matcher, 6), number(matcher, 7));
      ZoneOffset zone = zoned ? ZoneOffset.of(matcher.group(9)) : ZoneOffset.UTC;
      return new Timestamp(written(day.atTime(time), matcher.group(8), zone));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static String written(LocalDateTime time, @Nullable String fraction, ZoneOffset zone) {
    String shortened = fraction == null ? "" : fraction.replaceFirst("\\.?0+$", "");
    OffsetDateTime at = time.atOffset(zone);
    String offset = zone.equals(ZoneOffset.UTC) ? "+0000" : zone.getId().replace(":", "");
    String name = zone.equals(ZoneOffset.UTC) ? "UTC" : offset;
    return at.format(WRITTEN) + shortened + " " + offset + " " + name;
  }
}
