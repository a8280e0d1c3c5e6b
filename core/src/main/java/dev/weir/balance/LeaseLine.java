package dev.weir.balance;

import org.jspecify.annotations.Nullable;

/// The leases of one replica in the order in which they began.
final class LeaseLine {
  private @Nullable Lease first;
  private @Nullable Lease last;

  void join(Lease lease) {
    lease.previous = last;
    if (last == null) {
      first = lease;
    } else {
      last.next = lease;
    }
    last = lease;
  }

  void leave(Lease lease) {
    Lease before = lease.previous;
    Lease after = lease.next;
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
    lease.previous = null;
    lease.next = null;
  }

  /// Whether `lease` is one of the `count` oldest.
  boolean isAmongOldest(Lease lease, int count) {
    Lease older = first;
    for (int i = 0; i < count && older != null; i++) {
      if (older == lease) {
        return true;
      }
      older = older.next;
    }
    return false;
  }
}
