package dev.weir.swarm.gate;

import java.util.List;

/// The requests that one kind of client may send to an Engine. All but those of [#SCALE] only read.
public enum Preset {
  /// The requests of `weir balance --service` and `--swarm`: services, tasks, nodes, networks by
  /// name, and the events of services and nodes.
  BALANCE,

  /// The further requests of a balancer that sets numbers of replicas: one service, tasks, the
  /// config by which balancers agree, which they may also make and label; and the number of
  /// replicas of services whose labels allow it.
  SCALE,

  /// The requests of `weir agent`: the machine's name, the containers and their statistics.
  AGENT;

  List<AllowedPath> rules() {
    return switch (this) {
      case BALANCE -> AllowedPath.BALANCE;
      case SCALE -> AllowedPath.SCALE;
      case AGENT -> AllowedPath.AGENT;
    };
  }
}
