package dev.weir.cluster.doctor.fact;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A range of addresses, such as `10.0.0.0/24`.
///
/// @param first its first address
/// @param bits how many bits of an address stand for the network
public record Subnet(InetAddress first, int bits) {
  private static final Pattern TEXT = Pattern.compile("([0-9a-fA-F.:]+)(?:/([0-9]{1,3}))?");

  /// Reads a range, or an address as a range of one; empty if the text is neither.
  public static Optional<Subnet> parse(String text) {
    Matcher parts = TEXT.matcher(text.strip());
    if (!parts.matches() || !parts.group(1).matches(".*[.:].*")) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.ofLiteral(parts.group(1));
      int all = address.getAddress().length * 8;
      int bits = parts.group(2) == null ? all : Integer.parseInt(parts.group(2));
      return bits > all ? Optional.empty() : Optional.of(masked(address, bits, all));
    } catch (IllegalArgumentException | UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static Subnet masked(InetAddress address, int bits, int all) throws UnknownHostException {
    byte[] octets = address.getAddress();
    for (int i = bits; i < all; i++) {
      octets[i / 8] &= (byte) ~(0x80 >> i % 8);
    }
    return new Subnet(InetAddress.getByAddress(octets), bits);
  }

  /// Whether the two have an address in common.
  public boolean overlaps(Subnet other) {
    int all = first.getAddress().length * 8;
    if (other.first.getAddress().length * 8 != all) {
      return false;
    }
    int shift = all - Math.min(bits, other.bits);
    return number(first).shiftRight(shift).equals(number(other.first).shiftRight(shift));
  }

  /// How many addresses it has; at most 2^31.
  public long size() {
    return 1L << Math.min(31, first.getAddress().length * 8 - bits);
  }

  private static BigInteger number(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }

  @Override
  public String toString() {
    return first.getHostAddress() + "/" + bits;
  }
}
