package dev.weir.console.source;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tasks that ended within the last five minutes, with what the Engine said of them. At most a
/// thousand: then the oldest go first.
///
/// Not thread-safe.
final class EndedTasks {
  static final long KEPT_MILLIS = 300_000;
  static final int KEPT_MAX = 1000;

  private final Map<String, Ended> tasks = new LinkedHashMap<>();

  /// @param millis when it ended, by this machine's clock
  private record Ended(TaskSeen task, long millis) {}

  /// Notes those of the listed tasks that have ended. The time of the first that is seen of an old
  /// one is that of its machine; its clock may differ a little from ours.
  void note(Collection<TaskSeen> listed, long nowMillis) {
    for (TaskSeen task : listed) {
      if (task.hasEnded()) {
        Ended before = tasks.get(task.id());
        long millis = before == null ? Math.min(nowMillis, task.sinceMillis()) : before.millis;
        tasks.put(task.id(), new Ended(task, millis));
      }
    }
    tasks.values().removeIf(one -> nowMillis - one.millis >= KEPT_MILLIS);
    if (tasks.size() > KEPT_MAX) {
      List<String> oldest =
          tasks.entrySet().stream()
              .sorted((a, b) -> Long.compare(a.getValue().millis, b.getValue().millis))
              .limit(tasks.size() - (long) KEPT_MAX)
              .map(Map.Entry::getKey)
              .toList();
      tasks.keySet().removeAll(oldest);
    }
  }

  /// Those that are still shown.
  List<TaskSeen> kept(long nowMillis) {
    return tasks.values().stream()
        .filter(one -> nowMillis - one.millis < KEPT_MILLIS)
        .map(Ended::task)
        .toList();
  }
}
