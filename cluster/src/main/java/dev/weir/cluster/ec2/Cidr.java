package dev.weir.cluster.ec2;

import dev.weir.base.Problems;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The range of addresses from which the operator logs in.
final class Cidr {
  /// A wider range would let in whole providers, which is nearly the world.
  private static final int PREFIX_MIN = 8;

  private static final int ADDRESS_BITS = 32;
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})(?:/([0-9]{1,2}))?");
  private static final String EXPECTED =
      "the IPv4 address from which you reach the internet, such as 203.0.113.7, or a range of at"
          + " least /8";

  private Cidr() {}

  /// The range as EC2 keeps it, with the bits beyond its prefix cleared; a problem is added, and
  /// the text returned, if it is none.
  static String parse(String typed, Problems problems) {
    Matcher form = FORM.matcher(typed.strip());
    boolean good = form.matches();
    long address = 0;
    for (int i = 1; good && i <= 4; i++) {
      int part = Integer.parseInt(form.group(i));
      good = part <= 255;
      address = address << 8 | part;
    }
    int prefix = good && form.group(5) != null ? Integer.parseInt(form.group(5)) : ADDRESS_BITS;
    good &= prefix >= PREFIX_MIN && prefix <= ADDRESS_BITS;
    problems.check(good, "--operator-cidr", typed, EXPECTED);
    return good ? text(address & -1L << (ADDRESS_BITS - prefix), prefix) : typed;
  }

  private static String text(long address, int prefix) {
    return "%d.%d.%d.%d/%d"
        .formatted(
            address >> 24 & 255, address >> 16 & 255, address >> 8 & 255, address & 255, prefix);
  }
}
