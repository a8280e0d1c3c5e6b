package dev.weir.scale;

import java.util.ArrayDeque;

/// Notices counts of replicas that someone else set: a human, or a deploy that resets them.
final class ForeignChange {
  /*
   * The swarm shows a count some time after it was asked for, and perhaps after the next was. So a
   * count that was asked for lately is one's own.
   */
  private static final long LATELY_NANOS = 60_000_000_000L;
  private static final int UNSEEN = -1;

  private final ArrayDeque<Asked> lately = new ArrayDeque<>();
  private int seen = UNSEEN;

  /// Notes the count that the swarm shows, and returns whether someone else set it just now.
  boolean note(int desired, long nowNanos) {
    lately.removeIf(asked -> nowNanos - asked.atNanos > LATELY_NANOS);
    boolean isForeign =
        seen != UNSEEN
            && desired != seen
            && lately.stream().noneMatch(asked -> asked.replicas == desired);
    seen = desired;
    if (isForeign) {
      lately.clear();
    }
    return isForeign;
  }

  /// Notes a count that is asked for.
  void ask(int replicas, long nowNanos) {
    if (lately.isEmpty() || lately.getLast().replicas != replicas || replicas != seen) {
      lately.removeIf(asked -> asked.replicas == replicas);
      lately.add(new Asked(replicas, nowNanos));
    }
  }

  /// A count, and when it was last asked for.
  private record Asked(int replicas, long atNanos) {}
}
