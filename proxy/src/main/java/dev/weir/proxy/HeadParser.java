package dev.weir.proxy;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// Reads the head of one HTTP/1.1 message, line by line, into one array that is used again for the
/// next message; fields are ranges of that array, not objects.
///
/// What it decides does not depend on how the bytes were split into reads: a line is judged when it
/// is complete or longer than allowed. Lines end in CR LF; nothing else does.
abstract class HeadParser {
  static final int HEAD_BYTES_MAX = 64 * 1024;
  static final int LINE_BYTES_MAX = 16 * 1024;
  static final int FIELDS_MAX = 128;
  private static final int EMPTY_LINES_MAX = 2;
  private static final int STEP_BYTES = 4096;
  private static final int BYTES_KEPT_MAX = 16 * 1024;
  private static final int INTS_PER_FIELD = 4;
  private static final int BYTES_PER_FIELD = 4 * INTS_PER_FIELD + 8;
  private static final int PARKED_BYTES = 512;
  private static final int PARKED_FIELDS = 4;
  private static final byte[] CHUNKED = Bytes.of("chunked");

  byte[] bytes = new byte[STEP_BYTES];

  private FieldName[] names = new FieldName[24];
  private int[] fields = new int[INTS_PER_FIELD * 24];
  private int fieldCount;
  private int length;
  private int scanned;
  private int lineStart;
  private int emptyLines;
  private boolean firstLineRead;
  private boolean complete;

  private long contentLength;
  private boolean transferEncoded;
  private boolean chunked;
  private long codings;
  private boolean closeNamed;
  private boolean keepAliveNamed;
  private boolean upgradeNamed;

  /// Forgets the message that was read.
  void reset() {
    if (bytes.length > BYTES_KEPT_MAX || bytes.length < STEP_BYTES) {
      bytes = new byte[STEP_BYTES];
    }
    fieldCount = 0;
    length = 0;
    scanned = 0;
    lineStart = 0;
    emptyLines = 0;
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
  final boolean feed(ByteBuf in) throws MalformedException {
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

  /// Gives back what an incomplete head does not need yet: a client may take long over the rest.
  final void park() {
    int needed = Math.max(PARKED_BYTES, (length + PARKED_BYTES - 1) / PARKED_BYTES * PARKED_BYTES);
    if (needed < bytes.length) {
      bytes = Arrays.copyOf(bytes, needed);
    }
    int kept = Math.max(PARKED_FIELDS, fieldCount);
    if (kept < names.length) {
      names = Arrays.copyOf(names, kept);
      fields = Arrays.copyOf(fields, kept * INTS_PER_FIELD);
    }
  }

  /// How many bytes it takes while it is incomplete.
  final int heldBytes() {
    return bytes.length + names.length * BYTES_PER_FIELD;
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
  final boolean isStarted() {
    return length > 0;
  }

  private void checkSize(int start, int end) throws MalformedException {
    if (end - start > LINE_BYTES_MAX) {
      throw firstLineRead
          ? new MalformedException(431, "a header field is longer than 16 KiB")
          : new MalformedException(414, "the request line is longer than 16 KiB");
    }
    if (end > HEAD_BYTES_MAX) {
      throw new MalformedException(431, "the head is larger than 64 KiB");
    }
  }

  private void line(int start, int afterLine) throws MalformedException {
    checkSize(start, afterLine);
    int end = afterLine - 2;
    if (end < start || bytes[end] != '\r') {
      throw MalformedException.bad("a line ends in a bare LF");
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
    if (fieldCount == FIELDS_MAX) {
      throw new MalformedException(431, "there are more than 128 header fields");
    }
    int colon = start;
    while (colon < end && Bytes.isToken(bytes[colon])) {
      colon++;
    }
    if (colon == end || bytes[colon] != ':' || colon == start) {
      throw MalformedException.bad("a header field's name is malformed");
    }
    int valueStart = colon + 1;
    int valueEnd = end;
    while (valueStart < valueEnd && isBlank(bytes[valueStart])) {
      valueStart++;
    }
    while (valueEnd > valueStart && isBlank(bytes[valueEnd - 1])) {
      valueEnd--;
    }
    FieldName name = FieldName.of(bytes, start, colon);
    checkValue(name, valueStart, valueEnd);
    if (name == FieldName.OTHER && FieldName.mimicsFraming(bytes, start, colon)) {
      throw MalformedException.bad("a header field's name mimics one that frames the body");
    }
    add(name, start, colon, valueStart, valueEnd);
    known(name, valueStart, valueEnd);
  }

  /*
   * NUL, CR and LF are refused everywhere. Other control characters are invalid too; in a field that
   * means nothing to us RFC 9110, 5.5 lets a recipient be robust, and so they go on as spaces.
   */
  private void checkValue(FieldName name, int start, int end) throws MalformedException {
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      if (Bytes.isControl(b)) {
        if (b == 0 || b == '\r' || name.isStrict()) {
          throw MalformedException.bad("a header field's value has a control character");
        }
        bytes[i] = ' ';
      }
    }
  }

  private void add(FieldName name, int start, int colon, int valueStart, int valueEnd) {
    if (fieldCount == names.length) {
      names = Arrays.copyOf(names, fieldCount * 2);
      fields = Arrays.copyOf(fields, fields.length * 2);
    }
    int at = fieldCount * INTS_PER_FIELD;
    fields[at] = start;
    fields[at + 1] = colon;
    fields[at + 2] = valueStart;
    fields[at + 3] = valueEnd;
    names[fieldCount++] = name;
  }

  private void known(FieldName name, int start, int end) throws MalformedException {
    if (name == FieldName.CONTENT_LENGTH) {
      if (contentLength >= 0) {
        throw MalformedException.bad("Content-Length is given twice");
      }
      contentLength = Lengths.decimal(bytes, start, end);
    } else if (name == FieldName.TRANSFER_ENCODING) {
      transferEncoded = true;
      eachItem(start, end, this::coding);
    } else if (name == FieldName.CONNECTION) {
      eachItem(start, end, this::connectionOption);
    } else {
      otherKnown(name, start, end);
    }
  }

  private void coding(int start, int end) throws MalformedException {
    if (chunked) {
      throw MalformedException.bad("Transfer-Encoding: chunked is not last, or is given twice");
    }
    if (Bytes.matches(bytes, start, end, CHUNKED)) {
      chunked = true;
    } else {
      codings = Coding.append(codings, bytes, start, end);
    }
  }

  private void connectionOption(int start, int end) throws MalformedException {
    for (int i = start; i < end; i++) {
      if (!Bytes.isToken(bytes[i])) {
        throw MalformedException.bad("Connection is malformed");
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
      int itemStart = from;
      int itemEnd = to;
      while (itemStart < itemEnd && isBlank(bytes[itemStart])) {
        itemStart++;
      }
      while (itemEnd > itemStart && isBlank(bytes[itemEnd - 1])) {
        itemEnd--;
      }
      if (itemEnd > itemStart) {
        item.take(itemStart, itemEnd);
      }
      from = to + 1;
    }
  }

  /// Whether a field is named by Connection, and so must not be forwarded. To be asked only if
  /// anything is.
  final boolean isNominated(int field) {
    FieldName named = name(field);
    if (named == FieldName.HOST || named == FieldName.CONTENT_LENGTH) {
      return false; // these frame and route the message: no one may have them dropped
    }
    for (int other = 0; other < fieldCount; other++) {
      if (name(other) == FieldName.CONNECTION && lists(other, field)) {
        return true;
      }
    }
    return false;
  }

  /// Whether Connection may name other fields.
  final boolean nominatesFields() {
    for (int field = 0; field < fieldCount; field++) {
      if (name(field) == FieldName.CONNECTION && !isPlainOption(field)) {
        return true;
      }
    }
    return false;
  }

  private boolean isPlainOption(int field) {
    int start = valueStart(field);
    int end = valueEnd(field);
    return Bytes.matches(bytes, start, end, Options.CLOSE)
        || Bytes.matches(bytes, start, end, Options.KEEP_ALIVE)
        || Bytes.matches(bytes, start, end, Options.UPGRADE);
  }

  private boolean lists(int connection, int field) {
    int end = valueEnd(connection);
    int from = valueStart(connection);
    while (from < end) {
      int to = from;
      while (to < end && Bytes.isToken(bytes[to])) {
        to++;
      }
      if (to > from && Bytes.sameRange(bytes, from, to, nameStart(field), nameEnd(field))) {
        return true;
      }
      from = to + 1;
    }
    return false;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /// Reads a request line or a status line.
  abstract void firstLine(int start, int end) throws MalformedException;

  /// Takes note of a field that only this kind of message cares for.
  abstract void otherKnown(FieldName name, int start, int end) throws MalformedException;

  /// Judges the head as a whole.
  abstract void headRead() throws MalformedException;

  final int fieldCount() {
    return fieldCount;
  }

  final FieldName name(int field) {
    return names[field];
  }

  final int nameStart(int field) {
    return fields[field * INTS_PER_FIELD];
  }

  final int nameEnd(int field) {
    return fields[field * INTS_PER_FIELD + 1];
  }

  final int valueStart(int field) {
    return fields[field * INTS_PER_FIELD + 2];
  }

  final int valueEnd(int field) {
    return fields[field * INTS_PER_FIELD + 3];
  }

  /// The value of Content-Length, or -1 without one.
  final long contentLength() {
    return contentLength;
  }

  final boolean isTransferEncoded() {
    return transferEncoded;
  }

  /// Whether `chunked` is the last transfer coding.
  final boolean isChunked() {
    return chunked;
  }

  /// The transfer codings before `chunked`, as [Coding] packs them; 0 for none.
  final long codings() {
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
  final int headBytes() {
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
