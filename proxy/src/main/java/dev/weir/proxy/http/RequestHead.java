package dev.weir.proxy.http;

import java.nio.charset.StandardCharsets;

/// The head of a request, read strictly: it refuses anything that two servers might read
/// differently.
public final class RequestHead extends HeadParser {
  private static final int METHOD_BYTES_MAX = 32;
  private static final byte[] HTTP_SLASH = Bytes.of("HTTP/");
  private static final byte[] SCHEME = Bytes.of("http://");
  private static final byte[] H2C = Bytes.of("h2c");
  private static final byte[] ONE_SLASH = Bytes.of("/");
  private static final byte[] ASTERISK = Bytes.of("*");

  private Method method = Method.OTHER;
  private int methodStart;
  private int methodEnd;
  private int targetStart;
  private int targetEnd;
  private int authorityStart;
  private int authorityEnd;
  private int minor;
  private int hostField;
  private int hosts;
  private boolean upgradeField;
  private boolean http2Named;
  private boolean continueExpected;

  public RequestHead() {
    this(HeadLimits.DEFAULTS);
  }

  public RequestHead(HeadLimits limits) {
    super(limits);
    reset();
  }

  @Override
  public void reset() {
    super.reset();
    method = Method.OTHER;
    authorityStart = 0;
    authorityEnd = 0;
    hostField = -1;
    hosts = 0;
    upgradeField = false;
    http2Named = false;
    continueExpected = false;
  }

  @Override
  void firstLine(int start, int end) throws MalformedException {
    methodStart = start;
    int at = start;
    while (at < end && Bytes.isToken(bytes[at])) {
      at++;
    }
    methodEnd = at;
    if (at == start || at - start > METHOD_BYTES_MAX || at == end || bytes[at] != ' ') {
      throw MalformedException.bad("the request line's method is malformed");
    }
    method = Method.of(bytes, methodStart, methodEnd);
    targetStart = ++at;
    while (at < end && bytes[at] != ' ') {
      if (bytes[at] == '\t' || Bytes.isControl(bytes[at])) {
        throw MalformedException.bad("the request target has a control character");
      }
      at++;
    }
    targetEnd = at;
    if (targetEnd == targetStart || at == end) {
      throw MalformedException.bad("the request line is not METHOD target HTTP/1.1");
    }
    version(at + 1, end);
  }

  private void version(int start, int end) throws MalformedException {
    boolean formed =
        end - start == 8
            && startsWith(HTTP_SLASH, start)
            && Bytes.isDigit(bytes[start + 5])
            && bytes[start + 6] == '.'
            && Bytes.isDigit(bytes[start + 7]);
    if (!formed) {
      throw MalformedException.bad("the request line does not end in HTTP/1.1");
    }
    if (bytes[start + 5] != '1') {
      throw new MalformedException(505, "only HTTP/1.0 and HTTP/1.1 are spoken here");
    }
    minor = Math.min(1, bytes[start + 7] - '0');
  }

  private boolean startsWith(byte[] prefix, int start) {
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[start + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  void otherKnown(FieldName name, int start, int end) {
    if (name == FieldName.HOST) {
      hosts++;
      hostField = fieldCount() - 1;
    } else if (name == FieldName.UPGRADE) {
      upgradeField = true;
      http2Named |= Bytes.contains(bytes, start, end, H2C);
    } else if (name == FieldName.EXPECT) {
      continueExpected = true;
    }
  }

  @Override
  void headRead() throws MalformedException {
    checkFraming();
    checkHost();
    checkTarget();
  }

  private void checkFraming() throws MalformedException {
    if (!isTransferEncoded()) {
      return;
    }
    if (contentLength() >= 0) {
      throw MalformedException.bad("both Content-Length and Transfer-Encoding are given");
    }
    if (minor == 0) {
      throw MalformedException.bad("Transfer-Encoding is given in HTTP/1.0");
    }
    if (!isChunked()) {
      throw MalformedException.bad("the last transfer coding is not chunked");
    }
  }

  private void checkHost() throws MalformedException {
    if (hosts > 1) {
      throw MalformedException.bad("Host is given twice");
    }
    if (hosts == 0 && minor > 0) {
      throw MalformedException.bad("Host is missing");
    }
    if (hosts == 1 && !isAuthority(valueStart(hostField), valueEnd(hostField))) {
      throw MalformedException.bad("Host is malformed");
    }
  }

  private void checkTarget() throws MalformedException {
    if (method == Method.CONNECT) {
      throw new MalformedException(501, "CONNECT is not done here");
    }
    if (bytes[targetStart] == '/') {
      return;
    }
    if (targetEnd - targetStart == 1 && bytes[targetStart] == '*' && method == Method.OPTIONS) {
      return;
    }
    int afterScheme = targetStart + SCHEME.length;
    if (targetEnd <= afterScheme || !Bytes.matches(bytes, targetStart, afterScheme, SCHEME)) {
      throw MalformedException.bad("the request target is neither a path nor an http URL");
    }
    absolute(afterScheme);
  }

  private void absolute(int start) throws MalformedException {
    int end = start;
    while (end < targetEnd && bytes[end] != '/' && bytes[end] != '?' && bytes[end] != '#') {
      end++;
    }
    authorityStart = start;
    authorityEnd = end;
    if (!isAuthority(start, end)) {
      throw MalformedException.bad("the request target's host is malformed");
    }
    if (hosts == 1
        && !Bytes.sameRange(bytes, start, end, valueStart(hostField), valueEnd(hostField))) {
      throw MalformedException.bad("Host is not the request target's host");
    }
    targetStart = end;
  }

  /// Whether a range is `host`, `host:port` or `[ipv6]:port`.
  private boolean isAuthority(int start, int end) {
    int at = start;
    if (at < end && bytes[at] == '[') {
      at++;
      while (at < end && (Bytes.isHex(bytes[at]) || bytes[at] == ':' || bytes[at] == '.')) {
        at++;
      }
      if (at == end || bytes[at] != ']' || at == start + 1) {
        return false;
      }
      at++;
    } else {
      while (at < end && Bytes.isHost(bytes[at])) {
        at++;
      }
      if (at == start) {
        return false;
      }
    }
    return at == end || (bytes[at] == ':' && isPort(at + 1, end));
  }

  private boolean isPort(int start, int end) {
    if (end - start > 1 && bytes[start] == '0') {
      return false; // some read 080 as octal
    }
    int port = 0;
    for (int i = start; i < end; i++) {
      if (!Bytes.isDigit(bytes[i]) || i - start >= 5) {
        return false;
      }
      port = port * 10 + (bytes[i] - '0');
    }
    return port <= 0xffff;
  }

  public Method method() {
    return method;
  }

  int methodStart() {
    return methodStart;
  }

  int methodEnd() {
    return methodEnd;
  }

  /// The start of the target's path; its end if an absolute target has none.
  public int pathStart() {
    return targetStart;
  }

  public int pathEnd() {
    return targetEnd;
  }

  /// The text before the path that makes it an origin-form target.
  byte[] pathPrefix() {
    if (authorityEnd == 0 || (targetStart < targetEnd && bytes[targetStart] == '/')) {
      return new byte[0];
    }
    return method == Method.OPTIONS && targetStart == targetEnd ? ASTERISK : ONE_SLASH;
  }

  public boolean isHttp11() {
    return minor == 1;
  }

  /// The field that is Host, or -1.
  public int hostField() {
    return hostField;
  }

  /// The start of the host in an absolute target; for other targets it is empty.
  public int authorityStart() {
    return authorityStart;
  }

  public int authorityEnd() {
    return authorityEnd;
  }

  /// The values of the fields of that name, with a comma between them; empty without any. For names
  /// that proxies do not handle themselves.
  public String values(byte[] lowerCaseName) {
    var values = new StringBuilder();
    for (int field = 0; field < fieldCount(); field++) {
      if (Bytes.matches(bytes, nameStart(field), nameEnd(field), lowerCaseName)) {
        values
            .append(values.isEmpty() ? "" : ", ")
            .append(text(valueStart(field), valueEnd(field)));
      }
    }
    return values.toString();
  }

  /// The target from its path on, which begins with a slash.
  public String path() {
    String target = text(targetStart, targetEnd);
    return target.startsWith("/") ? target : "/" + target;
  }

  /// Whether the client wants to keep the connection.
  public boolean keepsAlive() {
    return minor == 1 ? !namesClose() : namesKeepAlive() && !namesClose();
  }

  public boolean hasBody() {
    return isChunked() || contentLength() > 0;
  }

  /// Whether the client wants to leave HTTP on this connection, as for WebSocket. HTTP/2 does not
  /// count: in a tunnel its requests would bypass every check and the queue.
  public boolean wantsUpgrade() {
    return upgradeField && !http2Named && namesUpgrade() && minor == 1 && !hasBody();
  }

  public boolean expectsContinue() {
    return continueExpected;
  }

  /// The request line, for log lines.
  String line() {
    return new String(bytes, methodStart, targetEnd - methodStart, StandardCharsets.ISO_8859_1);
  }
}
