package dev.weir.proxy.http;

import java.nio.charset.StandardCharsets;

/// Tests of single bytes and ranges, by the classes of RFC 9110 and RFC 3986.
public final class Bytes {
  private static final byte TOKEN = 1;
  private static final byte HOST = 2;
  private static final byte DIGIT = 4;
  private static final byte HEX = 8;
  private static final byte[] CLASSES = classes();

  private Bytes() {}

  public static byte[] of(String ascii) {
    return ascii.getBytes(StandardCharsets.ISO_8859_1);
  }

  static boolean isToken(byte b) {
    return b >= 0 && (CLASSES[b] & TOKEN) != 0;
  }

  /// Whether the byte is allowed in a host name or IP address, except brackets and the port's
  /// colon.
  static boolean isHost(byte b) {
    return b >= 0 && (CLASSES[b] & HOST) != 0;
  }

  static boolean isDigit(byte b) {
    return b >= 0 && (CLASSES[b] & DIGIT) != 0;
  }

  static boolean isHex(byte b) {
    return b >= 0 && (CLASSES[b] & HEX) != 0;
  }

  /// Whether the byte is a control character other than a tab.
  static boolean isControl(byte b) {
    return (b >= 0 && b < ' ' && b != '\t') || b == 0x7f;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /// The start of `bytes[start, end)` without leading blanks.
  static int trimStart(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && isBlank(bytes[at])) {
      at++;
    }
    return at;
  }

  /// The end of `bytes[start, end)` without trailing blanks.
  static int trimEnd(byte[] bytes, int start, int end) {
    int at = end;
    while (at > start && isBlank(bytes[at - 1])) {
      at--;
    }
    return at;
  }

  static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }

  /// Whether `bytes[start, end)` is `lowerCase`, in any case.
  static boolean matches(byte[] bytes, int start, int end, byte[] lowerCase) {
    if (end - start != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      if (lower(bytes[start + i]) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  /// Whether `bytes[start, end)` begins with `lowerCase`, in any case.
  static boolean startsWith(byte[] bytes, int start, int end, byte[] lowerCase) {
    return end - start >= lowerCase.length
        && matches(bytes, start, start + lowerCase.length, lowerCase);
  }

  /// Whether `bytes[start, end)` is `lowerCase` with other characters for its hyphens. Servers that
  /// turn fields into variables cannot tell the two apart: they write an underscore for each.
  static boolean mimics(byte[] bytes, int start, int end, byte[] lowerCase) {
    if (end - start != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      int b = lower(bytes[start + i]);
      if (lowerCase[i] == '-' ? isAlphanumeric(b) : b != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(int lowerCase) {
    return (lowerCase >= 'a' && lowerCase <= 'z') || (lowerCase >= '0' && lowerCase <= '9');
  }

  /// Whether `lowerCase` stands anywhere in `bytes[start, end)`, in any case.
  static boolean contains(byte[] bytes, int start, int end, byte[] lowerCase) {
    for (int i = start; i + lowerCase.length <= end; i++) {
      if (matches(bytes, i, i + lowerCase.length, lowerCase)) {
        return true;
      }
    }
    return false;
  }

  /// Whether two ranges of `bytes` are the same, ignoring case.
  static boolean sameRange(byte[] bytes, int start, int end, int otherStart, int otherEnd) {
    if (end - start != otherEnd - otherStart) {
      return false;
    }
    for (int i = 0; i < end - start; i++) {
      if (lower(bytes[start + i]) != lower(bytes[otherStart + i])) {
        return false;
      }
    }
    return true;
  }

  /// Whether the letters of `bytes[start, end)` alone spell `lowerCase`: servers behind CGI or WSGI
  /// take `Content_Length` for `Content-Length`.
  static boolean spells(byte[] bytes, int start, int end, byte[] lowerCase) {
    int matched = 0;
    for (int i = start; i < end; i++) {
      int c = lower(bytes[i]);
      if (c < 'a' || c > 'z') {
        continue;
      }
      if (matched == lowerCase.length || c != lowerCase[matched]) {
        return false;
      }
      matched++;
    }
    return matched == lowerCase.length;
  }

  /// Whether the letters alone of `bytes[start, end)` begin with `lowerCase`.
  static boolean spellsFrom(byte[] bytes, int start, int end, byte[] lowerCase) {
    int matched = 0;
    for (int i = start; i < end && matched < lowerCase.length; i++) {
      int c = lower(bytes[i]);
      if (c >= 'a' && c <= 'z') {
        if (c != lowerCase[matched]) {
          return false;
        }
        matched++;
      }
    }
    return matched == lowerCase.length;
  }

  private static byte[] classes() {
    var classes = new byte[128];
    for (int c = 0; c < 128; c++) {
      boolean digit = c >= '0' && c <= '9';
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      int bits = digit ? DIGIT : 0;
      if (digit || (letter && lower((byte) c) <= 'f')) {
        bits |= HEX;
      }
      if (digit || letter || "!#$%&'*+-.^_`|~".indexOf(c) >= 0) {
        bits |= TOKEN;
      }
      if (digit || letter || "-._~%!$&'()*+,;=".indexOf(c) >= 0) {
        bits |= HOST;
      }
      classes[c] = (byte) bits;
    }
    return classes;
  }
}
