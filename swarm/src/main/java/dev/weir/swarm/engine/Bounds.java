package dev.weir.swarm.engine;

import java.time.Duration;

/// How much time and memory a response may take. It protects against any sender: the address may
/// belong to another program, or to a broken Engine.
///
/// Memory depends on the heap, because a balancer may run with 48 MiB.
///
/// @param ping the time of a whole ping, regardless of its size
/// @param response the time of a whole response. Creating a service looks its image up in a
///   registry, which takes some 20 s where there is none
/// @param treeBytes the size of a response that becomes one tree
/// @param treeTokens its values, names and brackets, each of which takes some 50 bytes
/// @param listBytes the size of a list that is read item by item
/// @param itemBytes the size of one of its items
record Bounds(
    Duration ping,
    Duration response,
    long treeBytes,
    long treeTokens,
    long listBytes,
    long itemBytes) {
  private static final long MEBIBYTE = 1 << 20;

  /// The bounds for this process.
  static final Bounds STANDARD = ofHeap(Runtime.getRuntime().maxMemory());

  static Bounds ofHeap(long heapBytes) {
    return new Bounds(
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Math.clamp(heapBytes / 8, 4 * MEBIBYTE, 128 * MEBIBYTE),
        Math.clamp(heapBytes / 200, 100_000, 10_000_000),
        Math.clamp(heapBytes / 4, 8 * MEBIBYTE, 128 * MEBIBYTE),
        Math.clamp(heapBytes / 64, MEBIBYTE / 2, 4 * MEBIBYTE));
  }
}
