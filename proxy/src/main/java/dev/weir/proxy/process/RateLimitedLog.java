package dev.weir.proxy.process;

import dev.weir.base.Ticker;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The proxy's log of failures: at most ten lines a second, and a count of omitted ones.
public final class RateLimitedLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.weir.proxy");
  private static final long WINDOW_NANOS = 1_000_000_000L;
  private static final int LINES_MAX = 10;

  private final Ticker ticker;
  private final AtomicLong suppressed = new AtomicLong();
  private long windowNanos;
  private int lines;

  public RateLimitedLog(Ticker ticker) {
    this.ticker = ticker;
    this.windowNanos = ticker.nanos();
  }

  public void warn(String line) {
    if (allowed()) {
      LOG.warn("{}", line);
    }
  }

  public void info(String line) {
    LOG.info("{}", line);
  }

  /// An unexpected failure, with its stack.
  public void failure(String where, Throwable cause) {
    if (cause instanceof IOException) {
      return; // peers reset connections all the time
    }
    if (allowed()) {
      LOG.error("{}: {}", where, cause.toString(), cause);
    }
  }

  private synchronized boolean allowed() {
    long nowNanos = ticker.nanos();
    if (nowNanos - windowNanos > WINDOW_NANOS) {
      windowNanos = nowNanos;
      lines = 0;
      long left = suppressed.getAndSet(0);
      if (left > 0) {
        LOG.warn("{} more lines like these were left out", left);
      }
    }
    if (++lines > LINES_MAX) {
      suppressed.incrementAndGet();
      return false;
    }
    return true;
  }
}
