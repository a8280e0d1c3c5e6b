package dev.weir.swarm.gate;

import dev.weir.swarm.scale.ScalerConfig;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One allowed path.
///
/// @param path the whole path, without the API version
/// @param flags the boolean parameters; of `stream`, only false is allowed
/// @param numbers the parameters that take a number of up to four digits
/// @param filters the names of filters
/// @param types the only values of the filter `type`, which is then required
/// @param endless whether the response has no fixed end
record AllowedPath(
    Pattern path,
    Set<String> flags,
    Set<String> numbers,
    Set<String> filters,
    Set<String> types,
    boolean endless) {
  /// An id or a name.
  static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,127}";

  private static final AllowedPath TASKS =
      list("/tasks", "desired-state", "id", "label", "name", "node", "service");

  static final List<AllowedPath> BALANCE =
      List.of(
          list("/services", "id", "label", "mode", "name"),
          TASKS,
          list("/nodes", "id", "label", "membership", "name", "role"),
          flagged("/networks/" + NAME),
          new AllowedPath(
              Pattern.compile("/events"),
              Set.of(),
              Set.of(),
              Set.of("type"),
              Set.of("service", "node"),
              true));

  static final List<AllowedPath> AGENT =
      List.of(
          flagged("/info"),
          flagged("/containers/json", "all"),
          flagged("/containers/[0-9a-f]{64}/stats", "stream", "one-shot"));

  static final List<AllowedPath> SCALE =
      List.of(TASKS, flagged("/services/" + NAME), flagged("/configs/" + ScalerConfig.NAME));

  static final List<AllowedPath> CONSOLE_WRITE =
      List.of(flagged("/services/" + NAME), flagged("/configs/" + ScalerConfig.NAME));

  /// Logs end by themselves without `follow`, which is not allowed.
  static final List<AllowedPath> CONSOLE =
      Stream.of(
              BALANCE,
              CONSOLE_WRITE,
              List.of(
                  flagged("/info"),
                  new AllowedPath(
                      Pattern.compile("/tasks/[A-Za-z0-9]{1,64}/logs"),
                      Set.of("stdout", "stderr", "timestamps"),
                      Set.of("tail"),
                      Set.of(),
                      Set.of(),
                      false)))
          .flatMap(List::stream)
          .toList();

  private static AllowedPath list(String path, String... filters) {
    return new AllowedPath(
        Pattern.compile(path), Set.of(), Set.of(), Set.of(filters), Set.of(), false);
  }

  private static AllowedPath flagged(String path, String... flags) {
    return new AllowedPath(
        Pattern.compile(path), Set.of(flags), Set.of(), Set.of(), Set.of(), false);
  }
}
