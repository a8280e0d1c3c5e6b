package dev.weir.load.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The status line and headers of a response; it keeps only the framing and the replica's name.
public final class ResponseHead {
  private static final byte[] CONTENT_LENGTH = ascii("content-length");
  private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
  private static final byte[] CONNECTION = ascii("connection");
  private static final byte[] KEEP_ALIVE = ascii("keep-alive");
  private static final byte[] CLOSE = ascii("close");
  private static final byte[] CHUNKED = ascii("chunked");
  private static final byte[] X_REPLICA = ascii("x-replica");
  private static final int LENGTH_DIGITS_MAX = 18;

  /// Long enough for a container's name and id; more is cut off.
  public static final int REPLICA_BYTES_MAX = 128;

  private final byte[] replicaHeader;
  private byte[] bytes = new byte[0];

  private int status;
  private boolean http10;
  private long contentLength;
  private boolean encoded;
  private boolean chunked;
  private boolean close;
  private boolean keepAlive;
  private boolean named;
  private String replica = "";
  private boolean replicaCut;

  ResponseHead(String replicaHeader) {
    this.replicaHeader = ascii(replicaHeader.toLowerCase(Locale.ROOT));
  }

  /// Reads the first `length` bytes of `head`, which end with the empty line.
  void parse(byte[] head, int length) throws MalformedResponseException {
    bytes = head;
    contentLength = -1;
    encoded = false;
    chunked = false;
    close = false;
    keepAlive = false;
    named = false;
    replicaCut = false;
    int start = endOfLine(0, length);
    statusLine(trimEnd(0, start - 1));
    while (start < length) {
      int next = endOfLine(start, length);
      int end = trimEnd(start, next - 1);
      if (end > start) {
        header(start, end);
      }
      start = next;
    }
    if (!named) {
      replica = "";
    }
  }

  int status() {
    return status;
  }

  /// The declared length of the body, or -1.
  long contentLength() {
    return contentLength;
  }

  boolean chunked() {
    return chunked;
  }

  /// Whether there is a transfer encoding; unless its last coding is chunked, the body runs to the
  /// end of the connection.
  boolean encoded() {
    return encoded;
  }

  /// Whether the server keeps the connection.
  boolean persistent() {
    return !close && (!http10 || keepAlive) && !(encoded && contentLength >= 0);
  }

  /// The replica that responded, or "" if no header names it.
  String replica() {
    return replica;
  }

  /// Whether that name was cut.
  boolean replicaCut() {
    return replicaCut;
  }

  private void statusLine(int end) throws MalformedResponseException {
    boolean legal =
        end >= 12
            && new String(bytes, 0, 7, StandardCharsets.ISO_8859_1).equals("HTTP/1.")
            && (bytes[7] == '0' || bytes[7] == '1')
            && bytes[8] == ' '
            && (end == 12 || bytes[12] == ' ');
    if (!legal) {
      throw new MalformedResponseException("not an HTTP/1 status line");
    }
    http10 = bytes[7] == '0';
    status = (int) digits(9, 12);
    if (status < 100) {
      throw new MalformedResponseException("status " + status);
    }
  }

  private void header(int start, int end) throws MalformedResponseException {
    int colon = start;
    while (colon < end && bytes[colon] != ':') {
      if (bytes[colon] <= ' ') {
        throw new MalformedResponseException("a blank in a header's name");
      }
      colon++;
    }
    if (colon == start || colon == end) {
      throw new MalformedResponseException("a header without a name or colon");
    }
    int value = colon + 1;
    while (value < end && blank(bytes[value])) {
      value++;
    }
    interpret(start, colon, value, end);
  }

  private void interpret(int start, int colon, int value, int end)
      throws MalformedResponseException {
    if (matches(start, colon, CONTENT_LENGTH)) {
      long length = digits(value, end);
      if (contentLength >= 0 && contentLength != length) {
        throw new MalformedResponseException("two content lengths");
      }
      contentLength = length;
    } else if (matches(start, colon, TRANSFER_ENCODING)) {
      encoded = true;
      chunked = matches(lastItem(value, end), end, CHUNKED);
    } else if (matches(start, colon, CONNECTION)) {
      close |= lists(value, end, CLOSE);
      keepAlive |= lists(value, end, KEEP_ALIVE);
    } else if (matches(start, colon, replicaHeader)) {
      name(value, end);
    } else if (!named && matches(start, colon, X_REPLICA)) {
      name(value, end);
    }
  }

  /// Keeps the name, without a new string if the same replica responds again.
  private void name(int value, int end) {
    named = true;
    replicaCut = end - value > REPLICA_BYTES_MAX;
    int length = Math.min(end - value, REPLICA_BYTES_MAX);
    if (replica.length() == length) {
      int i = 0;
      while (i < length && replica.charAt(i) == (char) (bytes[value + i] & 0xff)) {
        i++;
      }
      if (i == length) {
        return;
      }
    }
    replica = new String(bytes, value, length, StandardCharsets.ISO_8859_1);
  }

  private boolean lists(int value, int end, byte[] word) {
    int item = value;
    for (int i = value; i <= end; i++) {
      if (i == end || bytes[i] == ',') {
        while (item < i && blank(bytes[item])) {
          item++;
        }
        if (matches(item, trimEnd(item, i), word)) {
          return true;
        }
        item = i + 1;
      }
    }
    return false;
  }

  private int lastItem(int value, int end) {
    int item = value;
    for (int i = value; i < end; i++) {
      if (bytes[i] == ',') {
        item = i + 1;
      }
    }
    while (item < end && blank(bytes[item])) {
      item++;
    }
    return item;
  }

  private boolean matches(int start, int end, byte[] lowerCase) {
    if (end - start != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      byte b = bytes[start + i];
      byte lower = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
      if (lower != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private long digits(int start, int end) throws MalformedResponseException {
    if (start == end || end - start > LENGTH_DIGITS_MAX) {
      throw new MalformedResponseException("not a number where one belongs");
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        throw new MalformedResponseException("not a number where one belongs");
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private int endOfLine(int start, int length) {
    int i = start;
    while (i < length && bytes[i] != '\n') {
      i++;
    }
    return Math.min(i + 1, length);
  }

  private int trimEnd(int start, int end) {
    int i = end;
    while (i > start && (blank(bytes[i - 1]) || bytes[i - 1] == '\r')) {
      i--;
    }
    return i;
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
