package dev.weir.swarm.scale;

import dev.weir.scale.ScaleEvent;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The latest decisions about a service. One that repeats the one before is kept once a minute.
final class ScaleHistory {
  private static final int KEPT = 300;
  private static final long REPEAT_MILLIS = 60_000;

  private final ArrayDeque<ScaleEvent> events = new ArrayDeque<>();

  /// Adds a decision and returns whether it is kept.
  boolean add(ScaleEvent event) {
    ScaleEvent last = last();
    if (last != null && isRepeat(last, event)) {
      return false;
    }
    events.addLast(event);
    if (events.size() > KEPT) {
      events.removeFirst();
    }
    return true;
  }

  private static boolean isRepeat(ScaleEvent last, ScaleEvent event) {
    return event.epochMillis() - last.epochMillis() < REPEAT_MILLIS
        && event.before() == last.before()
        && event.done().equals(last.done())
        && event.decision().replicas() == last.decision().replicas()
        && event.decision().term() == last.decision().term();
  }

  /// The newest; null for none.
  @Nullable ScaleEvent last() {
    return events.peekLast();
  }

  /// The latest ones that are not merely kept, and the newest of all, the oldest first.
  ///
  /// @param most how many of them
  List<ScaleEvent> changes(int most) {
    ScaleEvent last = last();
    List<ScaleEvent> found =
        events.stream().filter(one -> !one.done().equals("kept") || one.equals(last)).toList();
    return found.subList(Math.max(0, found.size() - most), found.size());
  }

  /// All of them, the oldest first.
  List<ScaleEvent> all() {
    return List.copyOf(events);
  }
}
