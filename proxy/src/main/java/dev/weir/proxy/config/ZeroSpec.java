package dev.weir.proxy.config;

import dev.weir.base.PathPrefix;
import dev.weir.base.Problems;
import java.util.List;
import java.util.Locale;

/// A service that may have no replica: its first request starts one.
///
/// @param waitingPage whether browsers get a page that reloads itself instead of waiting
/// @param noWakeAgents parts of `User-Agent`, in any case, of clients that start no replica
/// @param noWakePaths prefixes of paths, in whole segments, that start no replica
public record ZeroSpec(boolean waitingPage, List<String> noWakeAgents, List<String> noWakePaths) {
  /// Every request starts a replica, and waits.
  public static final ZeroSpec DEFAULTS = new ZeroSpec(false, List.of(), List.of());

  private static final int LIST_MAX = 64;

  /// Puts agents in lower case, and paths without a slash at their end.
  public ZeroSpec {
    var problems = new Problems();
    checkSize(problems, "no-wake agents", noWakeAgents);
    checkSize(problems, "no-wake paths", noWakePaths);
    for (String agent : noWakeAgents) {
      problems.check(
          !agent.isBlank() && agent.matches("[ -~]{1,256}"),
          "no-wake agent",
          agent,
          "a part of User-Agent, as in uptime-kuma");
    }
    for (String path : noWakePaths) {
      problems.check(
          PathPrefix.of(path).isPresent(), "no-wake path", path, "a path, as in /health");
    }
    problems.throwIfAny("zero");
    noWakeAgents = noWakeAgents.stream().map(agent -> agent.toLowerCase(Locale.ROOT)).toList();
    noWakePaths = noWakePaths.stream().map(path -> new PathPrefix(path).text()).toList();
  }

  private static void checkSize(Problems problems, String name, List<String> list) {
    problems.check(list.size() <= LIST_MAX, name, list.size(), "<= 64 for a service");
  }
}
