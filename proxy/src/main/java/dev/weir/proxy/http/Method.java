package dev.weir.proxy.http;

import java.util.Arrays;

/// The request methods with special treatment.
@SuppressWarnings("ImmutableEnumChecker") // the arrays are never written
public enum Method {
  GET(true),
  HEAD(true),
  PUT(true),
  DELETE(true),
  OPTIONS(true),
  TRACE(true),
  CONNECT(false),
  OTHER(false);

  private static final Method[] ALL = values();

  private final boolean idempotent;
  private final byte[] letters = Bytes.of(name());

  Method(boolean idempotent) {
    this.idempotent = idempotent;
  }

  /// The method that `bytes[start, end)` names; methods are case-sensitive.
  static Method of(byte[] bytes, int start, int end) {
    for (Method method : ALL) {
      if (method != OTHER && method.isAt(bytes, start, end)) {
        return method;
      }
    }
    return OTHER;
  }

  private boolean isAt(byte[] bytes, int start, int end) {
    return Arrays.equals(bytes, start, end, letters, 0, letters.length);
  }

  /// Whether sending the request twice has the same effect as sending it once.
  public boolean isIdempotent() {
    return idempotent;
  }
}
