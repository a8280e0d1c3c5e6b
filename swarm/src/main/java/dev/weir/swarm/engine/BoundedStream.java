package dev.weir.swarm.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;

/// The content of a response up to a size, with a smaller bound for each of its parts.
final class BoundedStream extends FilterInputStream {
  private final long max;
  private long count;
  private long partEnd = Long.MAX_VALUE;

  BoundedStream(InputStream content, long max) {
    super(content);
    this.max = max;
  }

  /// The content is larger than allowed.
  static final class TooLargeException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    TooLargeException(long bytes) {
      super("more than %d bytes".formatted(bytes));
    }
  }

  /// Starts a part of at most this length.
  void part(long bytes) {
    partEnd = count + bytes;
  }

  @Override
  public int read() throws IOException {
    int octet = super.read();
    counted(octet < 0 ? 0 : 1);
    return octet;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    counted(Math.max(0, read));
    return read;
  }

  private void counted(int more) throws IOException {
    count += more;
    if (count > max || count > partEnd) {
      throw new TooLargeException(Math.min(max, count));
    }
  }

  /// Does nothing: closing the content would read the rest of it.
  @Override
  public void close() {}
}
