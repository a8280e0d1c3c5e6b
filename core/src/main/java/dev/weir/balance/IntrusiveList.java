package dev.weir.balance;

import org.jspecify.annotations.Nullable;

/// A list in order of joining; any element can leave in constant time.
final class IntrusiveList<T extends IntrusiveList.Link<T>> {
  private @Nullable T first;
  private @Nullable T last;

  /// The one that joined before all others; null if there is none.
  @Nullable T first() {
    return first;
  }

  void join(T link) {
    link.previous = last;
    if (last == null) {
      first = link;
    } else {
      last.next = link;
    }
    last = link;
  }

  void leave(T link) {
    T before = link.previous;
    T after = link.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    link.previous = null;
    link.next = null;
  }

  /// Whether `link` is one of the `count` oldest.
  boolean isAmongOldest(T link, int count) {
    T older = first;
    for (int i = 0; i < count && older != null; i++) {
      if (older.equals(link)) {
        return true;
      }
      older = older.next;
    }
    return false;
  }

  /// An element of the list.
  abstract static class Link<T extends Link<T>> {
    @Nullable T previous;
    @Nullable T next;
  }
}
