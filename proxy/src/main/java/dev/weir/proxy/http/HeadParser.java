package dev.weir.proxy.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// Reads the head of one HTTP/1.1 message, line by line, into one array that is used again for the
/// next message; fields are ranges of that array, not objects.
///
/// The result does not depend on how the bytes were split into reads: a line is judged when it is
/// complete or too long. Lines end only in CR LF, except for what [#tolerate] accepts. Values with
/// several spellings are kept in the one that all readers understand alike.
abstract class HeadParser extends FieldTable {
  private static final int EMPTY_LINES_MAX = 2;
  private static final int STEP_BYTES = 4096;
  private static final int BYTES_KEPT_MAX = 16 * 1024;
  private static final int PARKED_BYTES = 512;
  private static final byte[] CHUNKED = Bytes.of("chunked");

  private final HeadLimits limits;
  private int length;
  private int scanned;
  private int lineStart;
  private int emptyLines;
  private int lines;
  private int bareLines;
  private boolean firstLineRead;
  private boolean complete;

  private long contentLength;
  private boolean transferEncoded;
  private boolean chunked;
  private long codings;
  private boolean closeNamed;
  private boolean keepAliveNamed;
  private boolean upgradeNamed;

  HeadParser(HeadLimits limits) {
    this.limits = limits;
    bytes = new byte[STEP_BYTES];
  }

  /// Forgets the message that was read.
  void reset() {
    if (bytes.length > BYTES_KEPT_MAX || bytes.length < STEP_BYTES) {
      bytes = new byte[STEP_BYTES];
    }
    clearFields();
    length = 0;
    scanned = 0;
    lineStart = 0;
    emptyLines = 0;
    lines = 0;
    bareLines = 0;
    firstLineRead = false;
    complete = false;
    contentLength = -1;
    transferEncoded = false;
    chunked = false;
    codings = 0;
    closeNamed = false;
    keepAliveNamed = false;
    upgradeNamed = false;
  }

  /// Takes bytes of the head from `in`, and none beyond it.
  ///
  /// @return whether the head is complete
  public final boolean feed(ByteBuf in) throws MalformedException {
    while (!complete && in.isReadable()) {
      int step = Math.min(in.readableBytes(), STEP_BYTES);
      if (length + step > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + step));
      }
      in.readBytes(bytes, length, step);
      length += step;
      scan();
    }
    if (complete) {
      in.readerIndex(in.readerIndex() - (length - scanned));
      length = scanned;
      headRead();
    }
    return complete;
  }

  /// Frees what an incomplete head does not need yet: a client may be slow with the rest.
  public final void park() {
    int needed = Math.max(PARKED_BYTES, (length + PARKED_BYTES - 1) / PARKED_BYTES * PARKED_BYTES);
    if (needed < bytes.length) {
      bytes = Arrays.copyOf(bytes, needed);
    }
    parkFields();
  }

  /// How many bytes it holds while it is incomplete.
  public final int heldBytes() {
    return bytes.length + fieldBytes();
  }

  private void scan() throws MalformedException {
    while (scanned < length) {
      if (bytes[scanned++] == '\n') {
        line(lineStart, scanned);
        lineStart = scanned;
        if (complete) {
          return;
        }
      }
    }
    checkSize(lineStart, length);
  }

  /// Whether anything of a message has come yet.
  public final boolean isStarted() {
    return length > 0;
  }

  private void checkSize(int start, int end) throws MalformedException {
    if (end - start > limits.lineBytes()) {
      throw firstLineRead
          ? tooLarge(431, "a header field is longer than %d bytes", limits.lineBytes())
          : tooLarge(414, "the first line is longer than %d bytes", limits.lineBytes());
    }
    if (end > limits.headBytes()) {
      throw tooLarge(431, "the head is larger than %d bytes", limits.headBytes());
    }
  }

  private static MalformedException tooLarge(int status, String text, int limit) {
    return new MalformedException(status, text.formatted(limit));
  }

  private void line(int start, int afterLine) throws MalformedException {
    checkSize(start, afterLine);
    int end = afterLine - 2;
    lines++;
    if (end < start || bytes[end] != '\r') {
      tolerate("a line ends in a bare LF", false);
      bareLines++;
      end = afterLine - 1;
    }
    if (end > start) {
      if (firstLineRead) {
        field(start, end);
      } else {
        firstLineRead = true;
        firstLine(start, end);
      }
    } else if (firstLineRead) {
      complete = true;
    } else if (++emptyLines > EMPTY_LINES_MAX) {
      throw MalformedException.bad("empty lines stand before the first line");
    }
  }

  private void field(int start, int end) throws MalformedException {
    if (fieldCount() == limits.fields()) {
      throw tooLarge(431, "there are more than %d header fields", limits.fields());
    }
    int colon = start;
    while (colon < end && Bytes.isToken(bytes[colon])) {
      colon++;
    }
    if (colon == end || bytes[colon] != ':' || colon == start) {
      fold(start, end);
      return;
    }
    FieldName name = FieldName.of(bytes, start, colon);
    checkValue(name, colon + 1, end);
    int valueStart = Bytes.trimStart(bytes, colon + 1, end);
    int valueEnd = Bytes.trimEnd(bytes, valueStart, end);
    if (name == FieldName.OTHER && FieldName.mimicsFraming(bytes, start, colon)) {
      throw MalformedException.bad("a header field's name mimics one that frames the body");
    }
    add(name, start, colon, valueStart, valueEnd);
    known(name, valueStart, valueEnd);
  }

  /// Appends a continuation line to the value of the line above (old line folding).
  private void fold(int start, int end) throws MalformedException {
    int last = fieldCount() - 1;
    if (!Bytes.isBlank(bytes[start]) || last < 0 || name(last).isStrict()) {
      throw MalformedException.bad("a header field's name is malformed");
    }
    tolerate("a header field is folded", true);
    checkValue(name(last), start, end);
    Arrays.fill(bytes, valueEnd(last), start, (byte) ' ');
    int valueStart = Bytes.trimStart(bytes, valueStart(last), end);
    valueOfLast(valueStart, Bytes.trimEnd(bytes, valueStart, end));
  }

  private void checkValue(FieldName name, int start, int end) throws MalformedException {
    for (int i = start; i < end; i++) {
      if (Bytes.isControl(bytes[i])) {
        if (name.isStrict()) {
          throw MalformedException.bad("a header field's value has a control character");
        }
        control("a header field's value has a control character", i);
      }
    }
  }

  /// Refuses a control character, or makes a space of it.
  final void control(String fault, int at) throws MalformedException {
    if (bytes[at] == 0 || bytes[at] == '\r') {
      throw MalformedException.bad(fault);
    }
    tolerate(fault, false);
    bytes[at] = ' ';
  }

  /// Accepts a fault if heads of this kind may have it; by default, none may.
  ///
  /// @param doubtful whether another reader may find the message's end elsewhere
  void tolerate(String fault, boolean doubtful) throws MalformedException {
    throw MalformedException.bad(fault);
  }

  /// Whether some lines ended in CR LF and some in LF alone.
  final boolean hasMixedLineEnds() {
    return bareLines > 0 && bareLines < lines;
  }

  private void known(FieldName name, int start, int end) throws MalformedException {
    if (name == FieldName.CONTENT_LENGTH) {
      lengths(start, end);
    } else if (name == FieldName.TRANSFER_ENCODING) {
      transferEncoded = true;
      eachItem(start, end, this::coding);
    } else if (name == FieldName.CONNECTION) {
      eachItem(start, end, this::connectionOption);
    } else {
      otherKnown(name, start, end);
    }
  }

  /// Reads a list of lengths, which must have one member unless more are tolerated.
  private void lengths(int start, int end) throws MalformedException {
    boolean isFirst = contentLength < 0;
    int from = start;
    for (int at = start; at <= end; at++) {
      if (at == end || bytes[at] == ',') {
        int itemStart = Bytes.trimStart(bytes, from, at);
        length(itemStart, Bytes.trimEnd(bytes, itemStart, at));
        from = at + 1;
      }
    }
    if (!isFirst) {
      dropLast();
    }
  }

  private void length(int start, int end) throws MalformedException {
    long value = StrictDecimal.decimal(bytes, start, end);
    if (contentLength < 0) {
      contentLength = value;
      valueOfLast(StrictDecimal.withoutZeros(bytes, start, end), end);
      return;
    }
    tolerate("Content-Length is given twice", false);
    if (value != contentLength) {
      throw MalformedException.bad("Content-Length is given twice, and not the same");
    }
  }

  private void coding(int start, int end) throws MalformedException {
    if (chunked) {
      throw MalformedException.bad("Transfer-Encoding: chunked is not last, or is given twice");
    }
    if (Bytes.matches(bytes, start, end, CHUNKED)) {
      chunked = true;
    } else {
      codings = TransferCoding.append(codings, bytes, start, end);
    }
  }

  private void connectionOption(int start, int end) throws MalformedException {
    for (int i = start; i < end; i++) {
      if (!Bytes.isToken(bytes[i])) {
        tolerate("Connection is malformed", true);
      }
    }
    if (Bytes.matches(bytes, start, end, Options.CLOSE)) {
      closeNamed = true;
    } else if (Bytes.matches(bytes, start, end, Options.KEEP_ALIVE)) {
      keepAliveNamed = true;
    } else if (Bytes.matches(bytes, start, end, Options.UPGRADE)) {
      upgradeNamed = true;
    }
  }

  /// Calls `item` with each member of a comma-separated list that is not empty.
  private void eachItem(int start, int end, Item item) throws MalformedException {
    int from = start;
    while (from <= end) {
      int to = from;
      while (to < end && bytes[to] != ',') {
        to++;
      }
      int itemStart = Bytes.trimStart(bytes, from, to);
      int itemEnd = Bytes.trimEnd(bytes, itemStart, to);
      if (itemEnd > itemStart) {
        item.take(itemStart, itemEnd);
      }
      from = to + 1;
    }
  }

  /// Reads a request line or a status line.
  abstract void firstLine(int start, int end) throws MalformedException;

  /// Reads a field that only this kind of message uses.
  abstract void otherKnown(FieldName name, int start, int end) throws MalformedException;

  /// Judges the head as a whole.
  abstract void headRead() throws MalformedException;

  /// The value of Content-Length, or -1 without one.
  public final long contentLength() {
    return contentLength;
  }

  final boolean isTransferEncoded() {
    return transferEncoded;
  }

  /// Whether `chunked` is the last transfer coding.
  public final boolean isChunked() {
    return chunked;
  }

  /// The transfer codings before `chunked`, as [TransferCoding] packs them; 0 for none.
  public final long codings() {
    return codings;
  }

  final boolean namesClose() {
    return closeNamed;
  }

  final boolean namesKeepAlive() {
    return keepAliveNamed;
  }

  final boolean namesUpgrade() {
    return upgradeNamed;
  }

  /// How many bytes the head has, its last empty line included.
  public final int headBytes() {
    return length;
  }

  /// The connection options that mean something to a proxy.
  private static final class Options {
    static final byte[] CLOSE = Bytes.of("close");
    static final byte[] KEEP_ALIVE = Bytes.of("keep-alive");
    static final byte[] UPGRADE = Bytes.of("upgrade");
  }

  /// Takes one member of a list.
  private interface Item {
    void take(int start, int end) throws MalformedException;
  }
}
