package dev.weir.base;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How many bytes of responses a small server holds for clients that have not read them yet. Beyond
/// the bound it closes the oldest connections, so slow readers cost a bounded amount of memory.
///
/// Thread-safe.
///
/// @param <C> a connection
public final class SendBudget<C> {
  private final long bytesMax;
  private final Map<C, Long> sending = new LinkedHashMap<>();
  private long bytes;

  /// At most `bytesMax` bytes, except for a single larger response.
  ///
  /// @throws IllegalArgumentException if there are none
  public SendBudget(long bytesMax) {
    this.bytesMax = Checks.atLeast(1, bytesMax, "bytes to send");
  }

  /// Counts a response that is about to be sent.
  ///
  /// @return the connections to close for it, which no longer count
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

  /// A response was sent or given up; repeated calls have no effect.
  public synchronized void remove(C connection) {
    Long size = sending.remove(connection);
    bytes -= size == null ? 0 : size;
  }

  /// How many bytes are held.
  public synchronized long bytes() {
    return bytes;
  }
}
