package dev.weir.proxy;

/// The head of a response from a backend, judged as strictly: a backend whose framing is ambiguous
/// could make one client read another's answer.
final class ResponseHead extends HeadParser {
  private static final byte[] HTTP_1 = Bytes.of("http/1.");
  private static final byte[] EVENT_STREAM = Bytes.of("text/event-stream");

  private int status;
  private int minor;
  private int reasonStart;
  private int reasonEnd;
  private boolean eventStream;

  ResponseHead() {
    reset();
  }

  @Override
  void firstLine(int start, int end) throws MalformedException {
    int code = start + 9;
    boolean formed =
        end - start >= 12
            && Bytes.matches(bytes, start, start + 7, HTTP_1)
            && bytes[start] == 'H'
            && Bytes.isDigit(bytes[start + 7])
            && bytes[start + 8] == ' '
            && Bytes.isDigit(bytes[code])
            && Bytes.isDigit(bytes[code + 1])
            && Bytes.isDigit(bytes[code + 2])
            && (end == code + 3 || bytes[code + 3] == ' ');
    if (!formed) {
      throw MalformedException.bad("the status line is malformed");
    }
    eventStream = false;
    minor = Math.min(1, bytes[start + 7] - '0');
    status = (bytes[code] - '0') * 100 + (bytes[code + 1] - '0') * 10 + bytes[code + 2] - '0';
    if (status < 100 || status > 599) {
      throw MalformedException.bad("the status is not 100 to 599");
    }
    reasonStart = Math.min(end, code + 4);
    reasonEnd = end;
    for (int i = reasonStart; i < reasonEnd; i++) {
      if (Bytes.isControl(bytes[i])) {
        throw MalformedException.bad("the status line has a control character");
      }
    }
  }

  @Override
  void otherKnown(FieldName name, int start, int end) {
    if (name == FieldName.CONTENT_TYPE) {
      int typeEnd = start;
      while (typeEnd < end && (Bytes.isToken(bytes[typeEnd]) || bytes[typeEnd] == '/')) {
        typeEnd++; // parameters follow
      }
      eventStream |= Bytes.matches(bytes, start, typeEnd, EVENT_STREAM);
    }
  }

  @Override
  void headRead() throws MalformedException {
    if (!isTransferEncoded()) {
      return;
    }
    if (contentLength() >= 0) {
      throw MalformedException.bad("both Content-Length and Transfer-Encoding are given");
    }
    if (minor == 0 || !isChunked() || codings() != 0) {
      throw MalformedException.bad("Transfer-Encoding is not chunked");
    }
  }

  int status() {
    return status;
  }

  int reasonStart() {
    return reasonStart;
  }

  int reasonEnd() {
    return reasonEnd;
  }

  /// Whether the type is that of server-sent events.
  boolean isEventStream() {
    return eventStream;
  }

  boolean isInterim() {
    return status < 200 && status != 101;
  }

  /// Whether the backend keeps the connection.
  boolean keepsAlive() {
    return minor == 1 ? !namesClose() : namesKeepAlive() && !namesClose();
  }

  /// Whether a body is announced that the status rules out: if it does come, it must not be taken
  /// for the next answer.
  boolean claimsImpossibleBody() {
    return (status < 200 || status == 204) && (contentLength() > 0 || isTransferEncoded());
  }

  /// Whether no body follows, whatever the fields say.
  boolean isBodiless(boolean headRequest) {
    return headRequest || status < 200 || status == 204 || status == 304;
  }
}
