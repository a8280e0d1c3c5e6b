package dev.weir.sim;

import java.util.Arrays;

/// A fixed number of event sources with their next times, and the earliest of them at hand: a
/// binary heap in which a source's time can change.
final class NextEvents {
  private final long[] nanos;
  private final int[] heap;
  private final int[] place;

  NextEvents(int sources) {
    nanos = new long[sources];
    heap = new int[sources];
    place = new int[sources];
    Arrays.fill(nanos, Long.MAX_VALUE);
    for (int i = 0; i < sources; i++) {
      heap[i] = i;
      place[i] = i;
    }
  }

  /// The source with the earliest event.
  int first() {
    return heap[0];
  }

  /// The time of that event.
  long firstNanos() {
    return nanos[heap[0]];
  }

  /// Sets the next event of `source`; Long.MAX_VALUE for never.
  void set(int source, long atNanos) {
    long before = nanos[source];
    if (atNanos != before) {
      nanos[source] = atNanos;
      if (atNanos < before) {
        up(source, place[source]);
      } else {
        down(source, place[source]);
      }
    }
  }

  private void up(int source, int from) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (nanos[heap[parent]] <= nanos[source]) {
        break;
      }
      put(heap[parent], at);
      at = parent;
    }
    put(source, at);
  }

  private void down(int source, int from) {
    int at = from;
    while (2 * at + 1 < heap.length) {
      int child = 2 * at + 1;
      if (child + 1 < heap.length && nanos[heap[child + 1]] < nanos[heap[child]]) {
        child++;
      }
      if (nanos[heap[child]] >= nanos[source]) {
        break;
      }
      put(heap[child], at);
      at = child;
    }
    put(source, at);
  }

  private void put(int source, int at) {
    heap[at] = source;
    place[source] = at;
  }
}
