package dev.weir.observe.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes a body of unknown length in chunks (RFC 9112, section 7.1), each in one write.
final class ChunkedWriter extends OutputStream {
  private static final byte[] END = {'\r', '\n'};
  private static final byte[] LAST = {'0', '\r', '\n', '\r', '\n'};

  private final OutputStream out;

  ChunkedWriter(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return; // an empty chunk would end the body
    }
    byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] chunk = new byte[size.length + length + END.length];
    System.arraycopy(size, 0, chunk, 0, size.length);
    System.arraycopy(bytes, offset, chunk, size.length, length);
    System.arraycopy(END, 0, chunk, size.length + length, END.length);
    out.write(chunk);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /// Ends the body. Without this the client sees that it was cut off.
  void end() throws IOException {
    out.write(LAST);
    out.flush();
  }
}
