package dev.weir.swarm.stack.read;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes in Compose files (`512M`, `1.5 GiB`, `1024`); units are powers of 1024.
final class ByteSize {
  private static final Pattern SIZE = Pattern.compile("(.*[0-9.]) ?([a-zA-Z]*)|(.*[0-9.]) ");
  private static final String UNITS = "kmgtp";

  private ByteSize() {}

  /// @throws IllegalArgumentException with the expected form
  static long parse(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches() || matcher.group(1) == null) {
      throw refusal();
    }
    double number;
    try {
      number = Double.parseDouble(matcher.group(1));
    } catch (NumberFormatException e) {
      throw refusal();
    }
    double bytes = number * scale(matcher.group(2).toLowerCase(Locale.ROOT));
    if (bytes < 0) {
      throw refusal();
    }
    return (long) bytes;
  }

  private static double scale(String unit) {
    if (unit.isEmpty() || unit.equals("b")) {
      return 1;
    }
    int power = UNITS.indexOf(unit.charAt(0)) + 1;
    String rest = unit.substring(1);
    if (power == 0 || !(rest.isEmpty() || rest.equals("b") || rest.equals("ib"))) {
      throw refusal();
    }
    return Math.pow(1024, power);
  }

  private static IllegalArgumentException refusal() {
    return new IllegalArgumentException("not a size (expected: such as 512M, 1.5G or 1048576)");
  }
}
