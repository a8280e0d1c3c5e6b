package dev.weir.proxy.http;

import java.util.Arrays;
import java.util.List;

/// The transfer codings that may precede `chunked`. They are forwarded unread, in one field.
///
/// A list is packed into one `long`, four bits each, because lists are rare.
final class TransferCoding {
  private static final List<String> NAMES =
      List.of("gzip", "x-gzip", "deflate", "compress", "x-compress", "identity");
  private static final byte[][] LOWER_CASE = NAMES.stream().map(Bytes::of).toArray(byte[][]::new);
  private static final int BITS = 4;
  private static final int COUNT_MAX = 8;

  private TransferCoding() {}

  /// Appends the coding named in `bytes[start, end)` to the list.
  static long append(long codings, byte[] bytes, int start, int end) throws MalformedException {
    if (codings >>> (BITS * (COUNT_MAX - 1)) != 0) {
      throw MalformedException.bad("there are more than 8 transfer codings");
    }
    for (int i = 0; i < LOWER_CASE.length; i++) {
      if (Bytes.matches(bytes, start, end, LOWER_CASE[i])) {
        return codings << BITS | (i + 1);
      }
    }
    throw MalformedException.bad(
        "Transfer-Encoding names a coding that is unknown or has parameters");
  }

  /// The list as a field's value shows it, with `chunked` at its end.
  static byte[] value(long codings) {
    var names = new String[COUNT_MAX];
    int count = 0;
    for (int shift = BITS * (COUNT_MAX - 1); shift >= 0; shift -= BITS) {
      int code = (int) (codings >>> shift) & 0xf;
      if (code != 0) {
        names[count++] = NAMES.get(code - 1) + ", ";
      }
    }
    return Bytes.of(String.join("", Arrays.asList(names).subList(0, count)) + "chunked");
  }
}
