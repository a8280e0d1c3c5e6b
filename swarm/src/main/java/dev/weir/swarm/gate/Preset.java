package dev.weir.swarm.gate;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What one kind of client may ask an Engine: whole paths, each with the parameters and filters
/// that may be given with it. All of it reads.
public enum Preset {
  /// What `weir balance --service` and `--swarm` ask: services, tasks, nodes, the networks that
  /// they name, and the events of services and nodes.
  BALANCE(
      List.of(
          Rule.list("/services", Set.of("id", "label", "mode", "name")),
          Rule.list("/tasks", Set.of("desired-state", "id", "label", "name", "node", "service")),
          Rule.list("/nodes", Set.of("id", "label", "membership", "name", "role")),
          Rule.plain("/networks/[A-Za-z0-9][A-Za-z0-9_.-]{0,127}"),
          Rule.events(Set.of("service", "node")))),

  /// What `weir agent` asks: the machine's name, the containers and their figures.
  AGENT(
      List.of(
          Rule.plain("/info"),
          new Rule("/containers/json", Set.of("all"), Set.of(), Set.of(), false),
          new Rule(
              "/containers/[0-9a-f]{64}/stats",
              Set.of("stream", "one-shot"),
              Set.of(),
              Set.of(),
              false)));

  private final List<Rule> rules;

  Preset(List<Rule> rules) {
    this.rules = rules;
  }

  List<Rule> rules() {
    return rules;
  }

  /// One path.
  ///
  /// @param path all of it, without the version of the API
  /// @param flags the parameters that are true or false; `stream` is false alone
  /// @param filters the names of filters
  /// @param types the only values of the filter `type`, which must then be given
  /// @param endless whether the response goes on until one side leaves
  record Rule(
      Pattern path, Set<String> flags, Set<String> filters, Set<String> types, boolean endless) {
    Rule(String path, Set<String> flags, Set<String> filters, Set<String> types, boolean endless) {
      this(Pattern.compile(path), flags, filters, types, endless);
    }

    static Rule plain(String path) {
      return new Rule(path, Set.of(), Set.of(), Set.of(), false);
    }

    static Rule list(String path, Set<String> filters) {
      return new Rule(path, Set.of(), filters, Set.of(), false);
    }

    static Rule events(Set<String> types) {
      return new Rule("/events", Set.of(), Set.of("type"), types, true);
    }
  }
}
