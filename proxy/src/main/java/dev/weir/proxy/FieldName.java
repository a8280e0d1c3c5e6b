package dev.weir.proxy;

import java.util.Arrays;

/// The header fields that mean something to a proxy; all others are forwarded as they are.
@SuppressWarnings("ImmutableEnumChecker") // the arrays are never written
enum FieldName {
  OTHER(""),
  /// A name that is none of the X-Forwarded ones, but that CGI and WSGI servers take for one.
  X_FORWARDED_ALIAS(""),
  CONNECTION("connection"),
  CONTENT_LENGTH("content-length"),
  CONTENT_TYPE("content-type"),
  EXPECT("expect"),
  FORWARDED("forwarded"),
  HOST("host"),
  HTTP2_SETTINGS("http2-settings"),
  KEEP_ALIVE("keep-alive"),
  PROXY("proxy"),
  PROXY_AUTHENTICATE("proxy-authenticate"),
  PROXY_AUTHORIZATION("proxy-authorization"),
  PROXY_CONNECTION("proxy-connection"),
  TE("te"),
  TRAILER("trailer"),
  TRANSFER_ENCODING("transfer-encoding"),
  UPGRADE("upgrade"),
  X_FORWARDED_FOR("x-forwarded-for"),
  X_FORWARDED_HOST("x-forwarded-host"),
  X_FORWARDED_PROTO("x-forwarded-proto");

  private static final FieldName[] ALL = values();
  private static final int LENGTH_MAX = 19;
  private static final FieldName[][] BY_LENGTH = byLength();

  private static final byte[] CONTENT_LENGTH_LETTERS = Bytes.of("contentlength");
  private static final byte[] TRANSFER_ENCODING_LETTERS = Bytes.of("transferencoding");

  private static final byte[] FORWARDED_FOR_LETTERS = Bytes.of("xforwardedfor");
  private static final byte[] FORWARDED_HOST_LETTERS = Bytes.of("xforwardedhost");
  private static final byte[] FORWARDED_PROTO_LETTERS = Bytes.of("xforwardedproto");

  private final byte[] lowerCase;

  FieldName(String lowerCase) {
    this.lowerCase = Bytes.of(lowerCase);
  }

  /// The field that `bytes[start, end)` names.
  static FieldName of(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length <= LENGTH_MAX) {
      for (FieldName name : BY_LENGTH[length]) {
        if (Bytes.matches(bytes, start, end, name.lowerCase)) {
          return name;
        }
      }
    }
    if (Bytes.lower(bytes[start]) == 'x' && mimicsOrigin(bytes, start, end)) {
      return X_FORWARDED_ALIAS;
    }
    return OTHER;
  }

  /*
   * To CGI and WSGI servers an underscore is a hyphen.
   */
  private static boolean mimicsOrigin(byte[] bytes, int start, int end) {
    return end - start >= FORWARDED_FOR_LETTERS.length
        && (Bytes.spells(bytes, start, end, FORWARDED_FOR_LETTERS)
            || Bytes.spells(bytes, start, end, FORWARDED_HOST_LETTERS)
            || Bytes.spells(bytes, start, end, FORWARDED_PROTO_LETTERS));
  }

  /// Whether some server might take the name for one that frames the body, though it is not.
  static boolean mimicsFraming(byte[] bytes, int start, int end) {
    int first = Bytes.lower(bytes[start]);
    return end - start >= 13
        && ((first != 't' && Bytes.spells(bytes, start, end, CONTENT_LENGTH_LETTERS))
            || (first != 'c' && Bytes.spells(bytes, start, end, TRANSFER_ENCODING_LETTERS)));
  }

  /// Whether a stray control character in the value is a reason to refuse the message.
  boolean isStrict() {
    return this != OTHER && this != CONTENT_TYPE;
  }

  private static FieldName[][] byLength() {
    var table = new FieldName[LENGTH_MAX + 1][];
    for (int length = 0; length <= LENGTH_MAX; length++) {
      int wanted = length;
      table[length] =
          Arrays.stream(ALL)
              .filter(name -> wanted > 0 && name.lowerCase.length == wanted)
              .toArray(FieldName[]::new);
    }
    return table;
  }
}
