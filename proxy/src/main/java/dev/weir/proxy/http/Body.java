package dev.weir.proxy.http;

import io.netty.buffer.ByteBuf;

/// The framing of one message's body: decides which of the arriving bytes belong to it, which to
/// forward, and when it is complete.
///
/// Chunks are forwarded without leading zeros in their sizes, without extensions and without
/// trailer fields: a proxy may drop these, and they serve mostly smugglers. The last chunk is
/// written anew: [#takeEnd] says when.
public final class Body {
  static final int EXTENSION_BYTES_MAX = 256;
  static final int EXTENSIONS_BYTES_MAX = 16 * 1024;
  static final int TRAILERS_BYTES_MAX = 8 * 1024;

  /// What ends a body in chunks.
  private static final byte[] LAST_CHUNK = Bytes.of("0\r\n\r\n");

  /// The length of the last chunk.
  public static final int END_BYTES = 5;

  private static final int SIZE_DIGITS_MAX = 16;

  private State state = State.DONE;
  private long left;
  private int digits;
  private int extensionBytes;
  private int extensionsBytes;
  private int trailersBytes;
  private boolean last;
  private boolean dataOnly;
  private boolean blanks;
  private boolean endDue;

  public void none() {
    endDue = false;
    state = State.DONE;
  }

  public void length(long bytes) {
    endDue = false;
    left = bytes;
    state = bytes == 0 ? State.DONE : State.FIXED;
  }

  void untilClose() {
    endDue = false;
    state = State.UNTIL_CLOSE;
  }

  /// Chunks follow.
  ///
  /// @param dataOnly whether to forward only the data, to peers that do not know chunks
  public void chunked(boolean dataOnly) {
    chunked(dataOnly, false);
  }

  /// Chunks follow.
  ///
  /// @param dataOnly whether to forward only the data, to peers that do not know chunks
  /// @param blanks whether blanks may pad a size, as in old programs; they are dropped
  void chunked(boolean dataOnly, boolean blanks) {
    this.dataOnly = dataOnly;
    this.blanks = blanks;
    endDue = !dataOnly;
    extensionsBytes = 0;
    trailersBytes = 0;
    startSize();
  }

  public boolean isDone() {
    return state == State.DONE;
  }

  /// Writes the last chunk, without trailers.
  public static ByteBuf writeEnd(ByteBuf out) {
    return out.writeBytes(LAST_CHUNK);
  }

  /// Whether the last chunk is to be [written][#writeEnd] now: true once, when it has come.
  public boolean takeEnd() {
    boolean due = endDue && state == State.DONE;
    endDue &= !due;
    return due;
  }

  /// Whether only the end of the connection ends the body.
  public boolean endsWithConnection() {
    return state == State.UNTIL_CLOSE;
  }

  /// Judges the bytes of `in` from its reader index on, without moving the index.
  ///
  /// @return how many bytes to forward next, or, negative, how many to drop next; 0 if there are
  ///   none or the body is complete
  public int scan(ByteBuf in) throws MalformedException {
    return switch (state) {
      case DONE -> 0;
      case UNTIL_CLOSE -> in.readableBytes();
      case FIXED -> {
        int some = (int) Math.min(left, in.readableBytes());
        left -= some;
        if (left == 0) {
          state = State.DONE;
        }
        yield some;
      }
      case SIZE,
          BLANK,
          EXTENSION,
          SIZE_CR,
          SIZE_LF,
          DATA,
          DATA_CR,
          DATA_LF,
          TRAILER,
          TRAILER_LF,
          LAST_CR,
          LAST_LF ->
          scanChunks(in);
    };
  }

  private int scanChunks(ByteBuf in) throws MalformedException {
    int start = in.readerIndex();
    int end = in.writerIndex();
    int at = start;
    boolean drops = false;
    while (at < end && state != State.DONE) {
      byte b = in.getByte(at);
      turn(b);
      if (at == start) {
        drops = drops(b);
      } else if (drops(b) != drops) {
        break;
      }
      if (state == State.DATA) {
        int some = (int) Math.min(left, end - at);
        left -= some;
        at += some;
        if (left == 0) {
          state = State.DATA_CR;
        }
      } else {
        step(b);
        at++;
      }
    }
    return drops ? start - at : at - start;
  }

  /// Processes the next byte before deciding whether to forward it.
  private void turn(byte b) throws MalformedException {
    if (state == State.SIZE && !Bytes.isHex(b)) {
      if (digits == 0) {
        throw MalformedException.bad("a chunk's size is malformed");
      }
      last = left == 0;
      state = afterSize(b);
    } else if (state == State.BLANK && b != ' ') {
      state = afterSize(b);
    } else if (state == State.EXTENSION && b == '\r') {
      state = State.SIZE_CR;
    } else if (state == State.LAST_CR && b != '\r') {
      if (!Bytes.isToken(b)) {
        throw MalformedException.bad("a trailer field's name is malformed");
      }
      state = State.TRAILER;
    }
  }

  private State afterSize(byte b) throws MalformedException {
    if (b == '\r') {
      return State.SIZE_CR;
    }
    if (b == ';') {
      return State.EXTENSION;
    }
    if (b == ' ' && blanks) {
      return State.BLANK;
    }
    throw MalformedException.bad("a chunk's size is malformed");
  }

  /// Whether to drop the next byte.
  private boolean drops(byte b) {
    return switch (state) {
      case BLANK, EXTENSION, TRAILER, TRAILER_LF, LAST_CR, LAST_LF -> true;
      case DATA -> false;
      case SIZE -> dataOnly || (left == 0 && b == '0');
      case SIZE_CR, SIZE_LF -> dataOnly || last;
      case DONE, FIXED, UNTIL_CLOSE, DATA_CR, DATA_LF -> dataOnly;
    };
  }

  private void step(byte b) throws MalformedException {
    switch (state) {
      case SIZE -> size(b);
      case BLANK, EXTENSION -> extension(b);
      case SIZE_CR -> expect(b, '\r', State.SIZE_LF);
      case SIZE_LF -> expect(b, '\n', last ? State.LAST_CR : State.DATA);
      case DATA_CR -> expect(b, '\r', State.DATA_LF);
      case DATA_LF -> {
        expect(b, '\n', State.SIZE);
        startSize();
      }
      case LAST_CR -> expect(b, '\r', State.LAST_LF);
      case LAST_LF -> expect(b, '\n', State.DONE);
      case TRAILER -> trailer(b);
      case TRAILER_LF -> expect(b, '\n', State.LAST_CR);
      case DONE, FIXED, UNTIL_CLOSE, DATA -> throw new IllegalStateException(state.name());
    }
  }

  private void startSize() {
    left = 0;
    digits = 0;
    extensionBytes = 0;
    state = State.SIZE;
  }

  private void size(byte b) throws MalformedException {
    left = left << 4 | Character.digit(b, 16);
    if (++digits > SIZE_DIGITS_MAX || left > Integer.MAX_VALUE) {
      throw MalformedException.bad("a chunk's size has more than 16 digits or is above 2 GiB");
    }
  }

  private void extension(byte b) throws MalformedException {
    extensionsBytes++;
    if (++extensionBytes > EXTENSION_BYTES_MAX || extensionsBytes > EXTENSIONS_BYTES_MAX) {
      throw MalformedException.bad("a chunk's extensions are too long");
    }
    if (Bytes.isControl(b)) {
      throw MalformedException.bad("a chunk's extension has a control character");
    }
  }

  private void trailer(byte b) throws MalformedException {
    if (++trailersBytes > TRAILERS_BYTES_MAX) {
      throw MalformedException.bad("the trailer fields are larger than 8 KiB");
    }
    if (b == '\r') {
      state = State.TRAILER_LF;
    } else if (Bytes.isControl(b)) {
      throw MalformedException.bad("a trailer field has a control character");
    }
  }

  private void expect(byte b, char wanted, State next) throws MalformedException {
    if (b != wanted) {
      throw MalformedException.bad("a chunk does not end where its size says");
    }
    state = next;
  }

  /// The position of the next byte in a body.
  private enum State {
    DONE,
    FIXED,
    UNTIL_CLOSE,
    SIZE,
    BLANK,
    EXTENSION,
    SIZE_CR,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILER,
    TRAILER_LF,
    LAST_CR,
    LAST_LF
  }
}
