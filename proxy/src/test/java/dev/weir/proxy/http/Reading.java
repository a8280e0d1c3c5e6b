package dev.weir.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;

/// What the proxy understands of the bytes of one message, and what it forwards of them.
///
/// @param verdict the head in a line, or why it is refused
/// @param body the body's bytes without their framing
/// @param forwarded the message as the next hop gets it, as far as it goes on
/// @param used how many bytes of the input belong to the message
/// @param complete whether all of the message has come, and none of it was refused
record Reading(String verdict, String body, String forwarded, int used, boolean complete) {
  private static final byte[] CLIENT = Bytes.of("::1");
  private static final byte[] LOCAL = Bytes.of("[::1]:80");

  /// Reads a request that comes in pieces of `pieceBytes`.
  static Reading request(byte[] message, int pieceBytes) {
    var head = new RequestHead();
    return new Reader(message, pieceBytes, head) {
      @Override
      ByteBuf begin(Body body, Body plain) {
        if (head.isChunked()) {
          body.chunked(false);
          plain.chunked(true);
        } else {
          body.length(Math.max(0, head.contentLength()));
          plain.length(Math.max(0, head.contentLength()));
        }
        return HeadWriter.request(UnpooledByteBufAllocator.DEFAULT, head, CLIENT, LOCAL, false);
      }

      @Override
      String line() {
        return head.line() + " host " + head.hostField() + " " + head.wantsUpgrade();
      }
    }.read();
  }

  /// Reads a response to a GET that comes in pieces of `pieceBytes`.
  static Reading response(byte[] message, int pieceBytes, boolean lenient) {
    ResponseHead head = new ResponseHead().lenient(lenient);
    return new Reader(message, pieceBytes, head) {
      @Override
      ByteBuf begin(Body body, Body plain) {
        HeadWriter.ClientFraming.of(head, plain, false, false, false); // what HTTP/1.0 would get
        return HeadWriter.response(
            UnpooledByteBufAllocator.DEFAULT,
            head,
            0,
            HeadWriter.ClientFraming.of(head, body, true, false, false),
            OwnFields.NONE);
      }

      @Override
      String line() {
        return head.status() + " " + head.isEventStream();
      }
    }.read();
  }

  /// Feeds a parser piece by piece, as sockets do.
  private abstract static class Reader {
    private final byte[] message;
    private final int pieceBytes;
    private final HeadParser head;
    private final Body body = new Body();
    private final Body plain = new Body();
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder forwarded = new StringBuilder();
    private boolean headRead;
    private int used;

    Reader(byte[] message, int pieceBytes, HeadParser head) {
      this.message = message;
      this.pieceBytes = pieceBytes;
      this.head = head;
    }

    /// Sets how both bodies are framed, and returns the head that goes on.
    abstract ByteBuf begin(Body body, Body plain);

    abstract String line();

    Reading read() {
      try {
        ByteBuf in = Unpooled.buffer();
        for (int at = 0; at < message.length && !(headRead && body.isDone()); at += pieceBytes) {
          in.writeBytes(message, at, Math.min(pieceBytes, message.length - at));
          feed(in);
          in.discardReadBytes();
        }
      } catch (MalformedException e) {
        return result("refused %d %s".formatted(e.status(), e.reason()), false);
      }
      return headRead ? result(line(), body.isDone()) : result("incomplete", false);
    }

    private Reading result(String verdict, boolean complete) {
      return new Reading(verdict, content.toString(), forwarded.toString(), used, complete);
    }

    private void feed(ByteBuf in) throws MalformedException {
      int before = in.readableBytes();
      if (!headRead && head.feed(in)) {
        headRead = true;
        ByteBuf out = begin(body, plain);
        forwarded.append(out.toString(StandardCharsets.ISO_8859_1));
        out.release();
      }
      if (headRead) {
        take(in.duplicate(), plain, content);
        take(in, body, forwarded);
        if (body.takeEnd()) {
          forwarded.append("0\r\n\r\n");
        }
      }
      used += before - in.readableBytes();
    }

    private static void take(ByteBuf in, Body from, StringBuilder to) throws MalformedException {
      while (in.isReadable() && !from.isDone()) {
        int next = from.scan(in);
        String text = in.readCharSequence(Math.abs(next), StandardCharsets.ISO_8859_1).toString();
        to.append(next > 0 ? text : "");
      }
    }
  }
}
