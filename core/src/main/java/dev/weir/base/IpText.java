package dev.weir.base;

import java.util.Arrays;

/// IP addresses as text: version 6 as in RFC 5952, and version 4 within 6 as plain version 4, so
/// that an address has the same text everywhere.
public final class IpText {
  private static final int V6_BYTES = 16;
  private static final int GROUPS = 8;
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private IpText() {}

  /// The text of an address of 4 or 16 bytes, as in `10.0.0.1` and `2001:db8::1`.
  public static String of(byte[] address) {
    if (address.length < V6_BYTES) {
      return version4(address, 0);
    }
    return isMapped(address) ? version4(address, MAPPED.length) : version6(address);
  }

  /// The same before a port, as in `10.0.0.1:80` and `[2001:db8::1]:80`.
  public static String withPort(byte[] address, int port) {
    String text = of(address);
    return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + port;
  }

  private static boolean isMapped(byte[] address) {
    return Arrays.equals(address, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
  }

  private static String version4(byte[] bytes, int from) {
    return "%d.%d.%d.%d"
        .formatted(
            bytes[from] & 0xff,
            bytes[from + 1] & 0xff,
            bytes[from + 2] & 0xff,
            bytes[from + 3] & 0xff);
  }

  private static String version6(byte[] bytes) {
    int longest = 0;
    int gap = -1;
    for (int at = 0; at < GROUPS; at++) {
      int zeros = zeros(bytes, at);
      if (zeros > longest && zeros > 1) { // of runs as long, the first is left out
        longest = zeros;
        gap = at;
      }
    }
    var text = new StringBuilder();
    for (int at = 0; at < GROUPS; at++) {
      if (at == gap) {
        text.append("::");
        at += longest - 1;
      } else {
        text.append(at == 0 || (gap >= 0 && at == gap + longest) ? "" : ":");
        text.append(Integer.toHexString(group(bytes, at)));
      }
    }
    return text.toString();
  }

  private static int zeros(byte[] bytes, int from) {
    int at = from;
    while (at < GROUPS && group(bytes, at) == 0) {
      at++;
    }
    return at - from;
  }

  private static int group(byte[] bytes, int at) {
    return ((bytes[2 * at] & 0xff) << 8) | (bytes[2 * at + 1] & 0xff);
  }
}
