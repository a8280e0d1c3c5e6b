package dev.weir.load.http;

import java.nio.ByteBuffer;

/// Finds the end of a body in chunks (RFC 9112, 7.1) and counts its bytes.
final class ChunkedBody {
  private static final int LINE_BYTES_MAX = 8192;
  private static final int SIZE_DIGITS_MAX = 15;

  /// The position of the next byte in the chunked coding.
  private enum State {
    SIZE,
    EXTENSION,
    BYTES,
    BYTES_END,
    TRAILER,
    DONE
  }

  private State state = State.DONE;
  private long left;
  private int sizeDigits;
  private int lineBytes;
  private long bodyBytes;
  private int trailerLineBytes;

  void begin() {
    state = State.SIZE;
    left = 0;
    sizeDigits = 0;
    lineBytes = 0;
    bodyBytes = 0;
  }

  long bodyBytes() {
    return bodyBytes;
  }

  /// Consumes the bytes of the body from `in`.
  ///
  /// @return whether the body is complete
  boolean feed(ByteBuffer in) throws MalformedResponseException {
    while (in.hasRemaining() && state != State.DONE) {
      if (state == State.BYTES) {
        skip(in);
      } else {
        take(in.get());
      }
    }
    return state == State.DONE;
  }

  private void skip(ByteBuffer in) {
    int count = (int) Math.min(left, in.remaining());
    in.position(in.position() + count);
    bodyBytes += count;
    left -= count;
    if (left == 0) {
      state = State.BYTES_END;
      lineBytes = 0;
    }
  }

  private void take(byte b) throws MalformedResponseException {
    if (++lineBytes > LINE_BYTES_MAX) {
      throw new MalformedResponseException(
          "a chunk's line or trailers longer than " + LINE_BYTES_MAX);
    }
    switch (state) {
      case SIZE -> size(b);
      case EXTENSION -> {
        if (b == '\n') {
          sized();
        }
      }
      case BYTES_END -> ended(b);
      case TRAILER -> trailer(b);
      case BYTES, DONE -> throw new IllegalStateException("not read by the byte: " + state);
    }
  }

  private void size(byte b) throws MalformedResponseException {
    int digit = Character.digit(b, 16);
    if (digit >= 0) {
      if (++sizeDigits > SIZE_DIGITS_MAX) {
        throw new MalformedResponseException("a chunk's size too long");
      }
      left = left * 16 + digit;
    } else if (sizeDigits == 0) {
      throw new MalformedResponseException("a chunk without a size");
    } else if (b == '\n') {
      sized();
    } else if (b == ';' || b == '\r' || b == ' ' || b == '\t') {
      state = State.EXTENSION;
    } else {
      throw new MalformedResponseException("a chunk's size that is not a number");
    }
  }

  private void sized() {
    state = left == 0 ? State.TRAILER : State.BYTES;
    sizeDigits = 0;
    lineBytes = 0;
    trailerLineBytes = 0;
  }

  private void ended(byte b) throws MalformedResponseException {
    if (b == '\n') {
      state = State.SIZE;
      lineBytes = 0;
    } else if (b != '\r' || lineBytes > 1) {
      throw new MalformedResponseException("a chunk longer than its size");
    }
  }

  private void trailer(byte b) {
    if (b == '\n') {
      if (trailerLineBytes == 0) {
        state = State.DONE;
      }
      trailerLineBytes = 0;
    } else if (b != '\r') {
      trailerLineBytes++;
    }
  }
}
