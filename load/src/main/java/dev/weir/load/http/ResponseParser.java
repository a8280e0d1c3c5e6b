package dev.weir.load.http;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Reads responses from a connection, one after another: the end, the status, the length of the
/// body and the replica's name. Bodies are counted, not kept.
public final class ResponseParser {
  /// The position of the next byte in the response.
  private enum State {
    HEAD,
    FIXED,
    CHUNKED,
    UNTIL_CLOSE,
    DONE
  }

  private static final int HEAD_BYTES_MAX = 64 << 10;
  private static final int INTERIM_MAX = 16;

  private final boolean headRequest;
  private final ResponseHead head;
  private final ChunkedBody chunks = new ChunkedBody();
  private byte[] headBytes = new byte[512];

  private State state = State.DONE;
  private int headLength;
  private int lineLength;
  private int interim;
  private boolean started;
  private boolean headRead;
  private long left;
  private long bodyBytes;

  public ResponseParser(boolean headRequest, String replicaHeader) {
    this.headRequest = headRequest;
    this.head = new ResponseHead(replicaHeader);
  }

  /// Expects a new response.
  public void begin() {
    state = State.HEAD;
    headLength = 0;
    lineLength = 0;
    interim = 0;
    started = false;
    headRead = false;
    left = 0;
    bodyBytes = 0;
  }

  /// Consumes the bytes of the response from `in`.
  ///
  /// @return whether the response is complete
  public boolean feed(ByteBuffer in) throws MalformedResponseException {
    started |= in.hasRemaining();
    while (in.hasRemaining() && state != State.DONE) {
      switch (state) {
        case HEAD -> headByte(in.get());
        case FIXED -> fixed(in);
        case CHUNKED -> {
          if (chunks.feed(in)) {
            state = State.DONE;
          }
          bodyBytes = chunks.bodyBytes();
        }
        case UNTIL_CLOSE -> {
          bodyBytes += in.remaining();
          in.position(in.limit());
        }
        case DONE -> throw new IllegalStateException("read past the response");
      }
    }
    return state == State.DONE;
  }

  /// Whether the end of the connection now completes the response.
  public boolean endsHere() {
    return state == State.UNTIL_CLOSE;
  }

  /// Whether any byte of it came.
  public boolean started() {
    return started;
  }

  /// The final status, or 0 if it has not come.
  public int status() {
    return headRead ? head.status() : 0;
  }

  /// The length of the body so far, without its framing.
  public long bodyBytes() {
    return bodyBytes;
  }

  public String replica() {
    return headRead ? head.replica() : "";
  }

  /// Whether the replica's name was cut.
  public boolean replicaCut() {
    return headRead && head.replicaCut();
  }

  /// Whether the connection may carry another request after this response.
  public boolean reusable() {
    return state == State.DONE && head.persistent();
  }

  private void headByte(byte b) throws MalformedResponseException {
    if (headLength == headBytes.length) {
      if (headLength >= HEAD_BYTES_MAX) {
        throw new MalformedResponseException("headers longer than " + HEAD_BYTES_MAX);
      }
      headBytes = Arrays.copyOf(headBytes, headLength * 2);
    }
    headBytes[headLength++] = b;
    if (b != '\n') {
      lineLength += b == '\r' ? 0 : 1;
    } else if (lineLength > 0) {
      lineLength = 0;
    } else {
      endOfHead();
    }
  }

  private void endOfHead() throws MalformedResponseException {
    head.parse(headBytes, headLength);
    headLength = 0;
    if (head.status() >= 200) {
      headRead = true;
      body();
    } else if (head.status() == 101 || ++interim > INTERIM_MAX) {
      throw new MalformedResponseException("an interim response that was not asked for");
    }
  }

  private void body() {
    if (headRequest || head.status() == 204 || head.status() == 304) {
      state = State.DONE;
    } else if (head.chunked()) {
      state = State.CHUNKED;
      chunks.begin();
    } else if (head.encoded() || head.contentLength() < 0) {
      state = State.UNTIL_CLOSE;
    } else {
      left = head.contentLength();
      state = left == 0 ? State.DONE : State.FIXED;
    }
  }

  private void fixed(ByteBuffer in) {
    int count = (int) Math.min(left, in.remaining());
    in.position(in.position() + count);
    bodyBytes += count;
    left -= count;
    if (left == 0) {
      state = State.DONE;
    }
  }
}
