package dev.weir.scale;

import java.util.ArrayDeque;

/// Notices counts of replicas that someone else set: by hand, or by a deploy that resets them.
final class ForeignChange {
  /// Who set a count.
  enum By {
    /// Weir, or nobody.
    NOBODY_ELSE,
    /// A deploy: it replaced the labels, and so removed the mark. Or whoever changed the count
    /// before Weir ever set one.
    DEPLOY,
    /// Someone changed the count alone, as `docker service scale` does.
    HAND
  }

  /*
   * A balancer marks each count that it sets, so a new mark with its count is that of a balancer.
   * Where nothing is marked, the swarm shows a count some time after it was asked for, and perhaps
   * after the next was; so a count that was asked for lately is one's own.
   */
  private static final long LATELY_NANOS = 60_000_000_000L;
  private static final int UNSEEN = -1;

  private final ArrayDeque<Asked> lately = new ArrayDeque<>();
  private int seen = UNSEEN;
  private String seenMark = "";
  private boolean isOwn;

  /// Notes the count that the swarm shows and the mark beside it, and returns who else set it just
  /// now.
  By note(int desired, String mark, long nowNanos) {
    lately.removeIf(asked -> nowNanos - asked.atNanos > LATELY_NANOS);
    boolean isForeign = isForeign(desired, mark);
    if (desired != seen || !mark.equals(seenMark)) {
      isOwn = !isForeign && agrees(desired, mark);
    }
    seen = desired;
    seenMark = mark;
    if (isForeign) {
      lately.clear();
    }
    return !isForeign ? By.NOBODY_ELSE : CountMark.parse(mark).isPresent() ? By.HAND : By.DEPLOY;
  }

  private boolean isForeign(int desired, String mark) {
    boolean isMarked = CountMark.parse(mark).isPresent();
    boolean agrees = agrees(desired, mark);
    if (seen == UNSEEN) {
      return isMarked && !agrees;
    }
    if (desired == seen || (agrees && !mark.equals(seenMark))) {
      return false;
    }
    return isMarked || lately.stream().noneMatch(asked -> asked.replicas == desired);
  }

  private static boolean agrees(int desired, String mark) {
    return CountMark.parse(mark).filter(one -> one.count() == desired).isPresent();
  }

  /// Whether the count that was seen last is, by its mark, that of a balancer.
  boolean isOwn() {
    return isOwn;
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
