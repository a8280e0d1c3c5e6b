package dev.weir.proxy.http;

/// Strict numbers: digits only.
final class StrictDecimal {
  private static final int DIGITS_MAX = 18;

  private StrictDecimal() {}

  /// The decimal number in `bytes[start, end)`: digits only, at most 18.
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

  /// The start of the number in `bytes[start, end)` without leading zeros: some readers take a
  /// number with one for octal, others have room for few digits.
  static int withoutZeros(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end - 1 && bytes[at] == '0') {
      at++;
    }
    return at;
  }
}
