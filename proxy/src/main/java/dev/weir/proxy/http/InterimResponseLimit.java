package dev.weir.proxy.http;

/// Bounds the bytes of interim responses (100, 102, 103) for one request. Over time any number may
/// come; a flood would keep the request alive for ever.
public final class InterimResponseLimit {
  private static final long AT_ONCE_BYTES = 1 << 20;
  private static final long PER_SECOND_BYTES = 64 << 10;

  private long sinceNanos;
  private long bytes;

  /// A request begins.
  public void begin() {
    bytes = 0;
  }

  /// Whether any interim response has come.
  public boolean isBegun() {
    return bytes > 0;
  }

  /// An interim response has come.
  ///
  /// @throws MalformedException if there were more than 1 MiB plus 64 KiB a second
  public void take(int headBytes, long nowNanos) throws MalformedException {
    if (bytes == 0) {
      sinceNanos = nowNanos;
    }
    bytes += headBytes;
    long seconds = (nowNanos - sinceNanos) / 1_000_000_000L;
    if (bytes > AT_ONCE_BYTES + seconds * PER_SECOND_BYTES) {
      throw MalformedException.bad("a flood of interim responses");
    }
  }
}
