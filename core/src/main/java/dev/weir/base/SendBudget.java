package dev.weir.base;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How many bytes of responses a small server holds for clients that have yet to read them. Beyond
/// the bound the oldest go, so that slow readers cost a bounded amount of memory.
///
/// May be used by many threads.
///
/// @param <C> a connection
public final class SendBudget<C> {
  private final long bytesMax;
  private final Map<C, Long> sending = new LinkedHashMap<>();
  private long bytes;

  /// At most so many bytes, unless one response alone is larger.
  ///
  /// @throws IllegalArgumentException if there are none
  public SendBudget(long bytesMax) {
    this.bytesMax = Checks.atLeast(1, bytesMax, "bytes to send");
  }

  /// Counts a response that is about to be sent.
  ///
  /// @return the connections to close for it, which are counted no longer
  public synchronized List<C> add(C connection, long size) {
    var victims = new ArrayList<C>();
    remove(connection);
    while (bytes + size > bytesMax && !sending.isEmpty()) {
      C oldest = sending.keySet().iterator().next();
      remove(oldest);
      victims.add(oldest);
    }
    sending.put(connection, size);
    bytes += size;
    return victims;
  }

  /// Notes that a response was sent, or never will be; nothing happens the second time.
  public synchronized void remove(C connection) {
    Long size = sending.remove(connection);
    bytes -= size == null ? 0 : size;
  }

  /// How many bytes are held.
  public synchronized long bytes() {
    return bytes;
  }
}
