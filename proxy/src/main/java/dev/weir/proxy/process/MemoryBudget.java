package dev.weir.proxy.process;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that one event loop's clients may use: connections, heads, queued requests, bytes
/// read ahead, and bytes that the other end has not taken yet. Only that loop writes it; any thread
/// may read it.
///
/// Bytes are counted when taken and returned. With less than a tenth left, only small requests are
/// admitted; with nothing left, none. From four fifths on, [#isTight] makes the loop cut idle
/// clients.
public final class MemoryBudget {
  /// The size of an open connection, with its objects and Netty's.
  public static final int CONNECTION_BYTES = 6 * 1024;

  /// The size of a request besides its head.
  public static final int REQUEST_BYTES = 1024;

  private static final int SMALL_BYTES = 4 * 1024;
  private static final long HEAP_BASE_BYTES = 16L << 20;
  private static final long LEAST_BYTES = 4L << 20;

  private final long maxBytes;
  private final long bigMaxBytes;
  private final long tightBytes;
  private final long shortBytes;
  private final AtomicLong used = new AtomicLong();

  /// @param maxBytes how much may be held
  public MemoryBudget(long maxBytes) {
    this.maxBytes = maxBytes;
    this.bigMaxBytes = maxBytes / 10 * 9;
    this.tightBytes = maxBytes / 10 * 8;
    this.shortBytes = maxBytes / 2;
  }

  /// The budget of a process with this maximum heap: half of what its classes and code leave, since
  /// buffers lie outside of the heap and may be as large again.
  static long ofHeap(long heapBytes) {
    return Math.max(LEAST_BYTES, (heapBytes - HEAP_BASE_BYTES) / 2);
  }

  /// Whether a request, or a part of one, of this size is admitted.
  public boolean admits(long bytes) {
    return used.getPlain() + bytes <= (bytes <= SMALL_BYTES ? maxBytes : bigMaxBytes);
  }

  /// Whether nothing more is admitted.
  public boolean isFull() {
    return used.getPlain() >= maxBytes;
  }

  /// Whether half of it is in use. Clients whose replica takes no bytes then wait.
  public boolean isShort() {
    return used.getPlain() > shortBytes;
  }

  /// Whether it is time to cut clients that hold memory and do nothing.
  public boolean isTight() {
    return used.getPlain() > tightBytes;
  }

  /// Takes `bytes`, or returns them if negative.
  public void take(long bytes) {
    used.setOpaque(used.getPlain() + bytes);
  }

  /// How many bytes are in use. Any thread may ask.
  public long usedBytes() {
    return used.getOpaque();
  }

  /// The budget in bytes.
  public long maxBytes() {
    return maxBytes;
  }
}
