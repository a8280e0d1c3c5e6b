package dev.weir.swarm.gate;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The requests that one kind of client may send to an Engine. All but those of [#SCALE] and
/// [#CONSOLE_WRITE] only read.
public enum Preset {
  /// The requests of `weir balance --service` and `--swarm`: services, tasks, nodes, networks by
  /// name, and the events of services and nodes.
  BALANCE,

  /// The further requests of a balancer that sets numbers of replicas: one service, tasks, the
  /// config by which balancers agree, which they may also make and label; and the number of
  /// replicas of services whose labels allow it.
  SCALE,

  /// The requests of `weir agent`: the machine's name, the containers and their statistics.
  AGENT,

  /// The requests of `weir console`: those of a balancer, one service, the config by which
  /// balancers agree, the swarm's id, and the last lines of a task's output. It only reads.
  CONSOLE,

  /// The further requests of a console that changes services: the number of replicas of any of
  /// them, the replacement of its tasks, and the labels of the config by which balancers agree.
  CONSOLE_WRITE;

  /// The presets that change anything.
  static final Set<Preset> WRITING = EnumSet.of(SCALE, CONSOLE_WRITE);

  /// As users type it, such as `console-write`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The preset that users type so.
  public static Optional<Preset> of(String label) {
    return Stream.of(values()).filter(one -> one.label().equalsIgnoreCase(label)).findFirst();
  }

  List<AllowedPath> rules() {
    return switch (this) {
      case BALANCE -> AllowedPath.BALANCE;
      case SCALE -> AllowedPath.SCALE;
      case AGENT -> AllowedPath.AGENT;
      case CONSOLE -> AllowedPath.CONSOLE;
      case CONSOLE_WRITE -> AllowedPath.CONSOLE_WRITE;
    };
  }
}
