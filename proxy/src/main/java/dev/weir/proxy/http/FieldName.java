package dev.weir.proxy.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The header fields that a proxy handles; it forwards all others unchanged.
@SuppressWarnings("ImmutableEnumChecker") // the arrays are never written
enum FieldName {
  OTHER(""),
  /// A field that says where a request came from, listed in [ForwardingFields].
  ORIGIN(""),
  /// A name that is not one of those, but that CGI and WSGI servers take for one.
  ORIGIN_ALIAS(""),
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
  /// Says that a response had to wait for its replica to start; only this proxy sets it.
  X_WEIR_COLD("x-weir-cold"),
  X_FORWARDED_FOR("x-forwarded-for"),
  X_FORWARDED_HOST("x-forwarded-host"),
  X_FORWARDED_PROTO("x-forwarded-proto");

  private static final byte[] CONTENT_LENGTH_LETTERS = Bytes.of("contentlength");
  private static final byte[] TRANSFER_ENCODING_LETTERS = Bytes.of("transferencoding");
  private static final byte[] FORWARDED_FAMILY = Bytes.of("x-forwarded");
  private static final byte[] FORWARDED_LETTERS = Bytes.of("xforwarded");

  private static final int LENGTH_MAX = 31;
  private static final int INITIALS = 32;
  private static final Known[][] BY_LENGTH_AND_INITIAL = table();

  private final byte[] lowerCase;

  FieldName(String lowerCase) {
    this.lowerCase = Bytes.of(lowerCase);
  }

  /// The field that `bytes[start, end)` names.
  static FieldName of(byte[] bytes, int start, int end) {
    int length = end - start;
    if (length <= LENGTH_MAX) {
      for (Known known : BY_LENGTH_AND_INITIAL[place(length, bytes[start])]) {
        if (Bytes.matches(bytes, start, end, known.lowerCase)) {
          return known.name;
        }
        if (known.name.carriesForwarding() && Bytes.mimics(bytes, start, end, known.lowerCase)) {
          return ORIGIN_ALIAS;
        }
      }
    }
    return Bytes.lower(bytes[start]) == 'x' ? unlisted(bytes, start, end) : OTHER;
  }

  /*
   * To CGI and WSGI servers any character between letters is a hyphen, most often the underscore.
   */
  private static FieldName unlisted(byte[] bytes, int start, int end) {
    if (Bytes.startsWith(bytes, start, end, FORWARDED_FAMILY)) {
      return ORIGIN;
    }
    return Bytes.spellsFrom(bytes, start, end, FORWARDED_LETTERS) ? ORIGIN_ALIAS : OTHER;
  }

  /// Whether some server might mistake the name for one that frames the body.
  static boolean mimicsFraming(byte[] bytes, int start, int end) {
    int first = Bytes.lower(bytes[start]);
    return end - start >= 13
        && ((first != 't' && Bytes.spells(bytes, start, end, CONTENT_LENGTH_LETTERS))
            || (first != 'c' && Bytes.spells(bytes, start, end, TRANSFER_ENCODING_LETTERS)));
  }

  /// Whether it says where a request came from.
  boolean carriesForwarding() {
    return switch (this) {
      case ORIGIN, ORIGIN_ALIAS, FORWARDED, X_FORWARDED_FOR, X_FORWARDED_HOST, X_FORWARDED_PROTO ->
          true;
      case OTHER,
          CONNECTION,
          CONTENT_LENGTH,
          CONTENT_TYPE,
          EXPECT,
          HOST,
          HTTP2_SETTINGS,
          KEEP_ALIVE,
          PROXY,
          PROXY_AUTHENTICATE,
          PROXY_AUTHORIZATION,
          PROXY_CONNECTION,
          TE,
          TRAILER,
          TRANSFER_ENCODING,
          UPGRADE,
          X_WEIR_COLD ->
          false;
    };
  }

  /// Whether a proxy acts on its value, so that even lenient reading accepts nothing unusual in it.
  boolean isStrict() {
    return this != OTHER && this != CONTENT_TYPE && this != X_WEIR_COLD && !carriesForwarding();
  }

  private static int place(int length, byte first) {
    return length * INITIALS + (first & (INITIALS - 1)); // case is a bit above these
  }

  private static Known[][] table() {
    var known = new ArrayList<Known>();
    for (FieldName name : values()) {
      if (name.lowerCase.length > 0) {
        known.add(new Known(name.lowerCase, name));
      }
    }
    Arrays.stream(ForwardingFields.NAMES)
        .forEach(name -> known.add(new Known(Bytes.of(name), ORIGIN)));
    var table = new Known[(LENGTH_MAX + 1) * INITIALS][];
    for (int i = 0; i < table.length; i++) {
      table[i] = at(i, known);
    }
    return table;
  }

  private static Known[] at(int place, List<Known> known) {
    return known.stream()
        .filter(one -> place(one.lowerCase.length, one.lowerCase[0]) == place)
        .toArray(Known[]::new);
  }

  /// A spelling and what it stands for.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Known(byte[] lowerCase, FieldName name) {}
}
