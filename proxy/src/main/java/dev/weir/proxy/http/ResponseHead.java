package dev.weir.proxy.http;

/// The head of a replica's response, read just as strictly: with ambiguous framing one client could
/// read another's response. A lenient head accepts faults of old programs that leave the framing
/// clear, or after which the connection is not used again. What the client gets always keeps the
/// rules.
public final class ResponseHead extends HeadParser {
  private static final byte[] HTTP = Bytes.of("HTTP/1.1 ");
  private static final int MAJOR = 5;
  private static final int MINOR = 7;
  private static final byte[] EVENT_STREAM = Bytes.of("text/event-stream");

  private int status;
  private int minor;
  private int reasonStart;
  private int reasonEnd;
  private boolean eventStream;
  private boolean lenient;
  private boolean doubtful;

  public ResponseHead() {
    this(HeadLimits.DEFAULTS);
  }

  public ResponseHead(HeadLimits limits) {
    super(limits);
    reset();
  }

  /// Whether to accept faults that harm no other client.
  public ResponseHead lenient(boolean lenient) {
    this.lenient = lenient;
    return this;
  }

  boolean isLenient() {
    return lenient;
  }

  @Override
  public void reset() {
    super.reset();
    doubtful = false;
  }

  @Override
  void tolerate(String fault, boolean doubtful) throws MalformedException {
    if (!lenient) {
      throw MalformedException.bad(fault);
    }
    this.doubtful |= doubtful;
  }

  @Override
  void firstLine(int start, int end) throws MalformedException {
    eventStream = false;
    version(start, end);
    int code = start + HTTP.length;
    if (code < end && bytes[code] == ' ') {
      tolerate("blanks stand before the status", false);
      code = Bytes.trimStart(bytes, code, end);
    }
    status(code, end);
    reason(Math.min(end, code + 4), end);
  }

  private void version(int start, int end) throws MalformedException {
    boolean formed = end - start >= HTTP.length;
    for (int i = 0; formed && i < HTTP.length; i++) {
      byte b = bytes[start + i];
      formed = Bytes.isDigit(HTTP[i]) ? Bytes.isDigit(b) : b == HTTP[i];
    }
    if (!formed) {
      throw MalformedException.bad("the status line is malformed");
    }
    byte major = bytes[start + MAJOR];
    minor = major == '1' && bytes[start + MINOR] == '0' ? 0 : 1;
    if (major != '1') {
      tolerate("the status line is not of HTTP/1.1", true);
    }
  }

  private void status(int code, int end) throws MalformedException {
    boolean formed =
        end - code >= 3
            && Bytes.isDigit(bytes[code])
            && Bytes.isDigit(bytes[code + 1])
            && Bytes.isDigit(bytes[code + 2])
            && (end == code + 3 || bytes[code + 3] == ' ');
    if (!formed) {
      throw MalformedException.bad("the status line is malformed");
    }
    status = (bytes[code] - '0') * 100 + (bytes[code + 1] - '0') * 10 + bytes[code + 2] - '0';
    if (status < 100) {
      throw MalformedException.bad("the status is not 100 to 599");
    }
    if (status > 599) {
      tolerate("the status is not 100 to 599", false);
    }
  }

  private void reason(int start, int end) throws MalformedException {
    reasonStart = start;
    reasonEnd = end;
    for (int i = start; i < end; i++) {
      if (Bytes.isControl(bytes[i])) {
        control("the status line has a control character", i);
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
    doubtful |= hasMixedLineEnds();
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

  public int status() {
    return status;
  }

  int reasonStart() {
    return reasonStart;
  }

  int reasonEnd() {
    return reasonEnd;
  }

  /// Whether the type is that of server-sent events.
  public boolean isEventStream() {
    return eventStream;
  }

  public boolean isInterim() {
    return status < 200 && status != 101;
  }

  /// Whether the replica keeps the connection.
  public boolean keepsAlive() {
    return !doubtful && !namesClose() && (minor == 1 || namesKeepAlive());
  }

  /// Whether the fields announce a body that the status rules out: if it comes, it must not pass
  /// for the next response.
  public boolean claimsImpossibleBody() {
    return switch (status) {
      case 304 -> isTransferEncoded(); // its Content-Length is that of the whole
      case 204 -> contentLength() > 0 || isTransferEncoded();
      default -> status < 200 && (contentLength() > 0 || isTransferEncoded());
    };
  }

  /// Whether no body follows, regardless of the fields.
  boolean isBodiless(boolean headRequest) {
    return headRequest || status < 200 || status == 204 || status == 304;
  }
}
