package dev.weir.proxy.process;

import java.util.concurrent.atomic.AtomicLong;

/// What one event loop's clients may make it hold: connections, heads, requests that wait, bytes
/// read ahead, and bytes that the other end has yet to take. Only that loop writes it; any thread
/// may read it.
///
/// Bytes are counted as they are taken and given back. When less than a tenth is left, only small
/// requests get in; when nothing is left, none do. From four fifths on [#isTight] has the loop cut
/// idle clients.
public final class MemoryBudget {
  /// What an open connection takes on its own, with its objects and Netty's.
  public static final int CONNECTION_BYTES = 6 * 1024;

  /// What a request takes besides its head.
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

  /// The budget of a process that may have this much heap: half of what its classes and code leave,
  /// since buffers lie outside of the heap and may be as large again.
  static long ofHeap(long heapBytes) {
    return Math.max(LEAST_BYTES, (heapBytes - HEAP_BASE_BYTES) / 2);
  }

  /// Whether a request or a part of one that takes `bytes` may be let in.
  public boolean admits(long bytes) {
    return used.getPlain() + bytes <= (bytes <= SMALL_BYTES ? maxBytes : bigMaxBytes);
  }

  /// Whether nothing more may be let in.
  public boolean isFull() {
    return used.getPlain() >= maxBytes;
  }

  /// Whether half of it is held. Clients whose bytes no replica takes then wait.
  public boolean isShort() {
    return used.getPlain() > shortBytes;
  }

  /// Whether it is time to cut clients that hold memory and do nothing.
  public boolean isTight() {
    return used.getPlain() > tightBytes;
  }

  /// Takes `bytes`, or gives them back if negative.
  public void take(long bytes) {
    used.setOpaque(used.getPlain() + bytes);
  }

  /// How much is held, in bytes. Any thread may ask.
  public long usedBytes() {
    return used.getOpaque();
  }

  /// How much may be held, in bytes.
  public long maxBytes() {
    return maxBytes;
  }
}
