package dev.weir.proxy;

/// Strict numbers: digits only.
final class Lengths {
  private static final int DIGITS_MAX = 18;

  private Lengths() {}

  /// The decimal number that `bytes[start, end)` is, without sign, space, or more than 18 digits.
  static long decimal(byte[] bytes, int start, int end) throws MalformedException {
    if (end == start || end - start > DIGITS_MAX) {
      throw MalformedException.bad("Content-Length is malformed");
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      if (!Bytes.isDigit(bytes[i])) {
        throw MalformedException.bad("Content-Length is malformed");
      }
      value = value * 10 + (bytes[i] - '0');
    }
    return value;
  }
}
