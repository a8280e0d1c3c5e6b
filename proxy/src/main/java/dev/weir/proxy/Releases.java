package dev.weir.proxy;

import java.util.EnumMap;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/// How many leases of a service one event loop ended early, by reason; written by that loop alone,
/// read by anyone.
final class Releases {
  private final EnumMap<Release, AtomicLong> counts = new EnumMap<>(Release.class);

  Releases() {
    for (Release why : Release.values()) {
      counts.put(why, new AtomicLong());
    }
  }

  void add(Release why) {
    AtomicLong count = count(why);
    count.setOpaque(count.getPlain() + 1);
  }

  long get(Release why) {
    return count(why).getOpaque();
  }

  private AtomicLong count(Release why) {
    return Objects.requireNonNull(counts.get(why));
  }
}
