package dev.weir.sim;

import dev.weir.balance.ReplicaSpec;

/// One replica of a run: its server, its membership, and its responses.
final class SimulatedReplica {
  private final ServerSpec spec;
  private final String id;
  private final SimulatedServer server;
  private long sinceNanos = Long.MAX_VALUE;
  private long untilNanos = Long.MAX_VALUE;
  private boolean erring;
  private long responded;
  private long errors;

  SimulatedReplica(ServerSpec spec, String id, Discipline discipline) {
    this.spec = spec;
    this.id = id;
    this.server = new SimulatedServer(spec, discipline);
  }

  String id() {
    return id;
  }

  SimulatedServer server() {
    return server;
  }

  ReplicaSpec replica() {
    return new ReplicaSpec(id, spec.declaredCores());
  }

  void join(long nowNanos) {
    sinceNanos = nowNanos;
  }

  void leave(long nowNanos) {
    untilNanos = Math.min(untilNanos, nowNanos);
  }

  boolean isMember() {
    return sinceNanos < Long.MAX_VALUE && untilNanos == Long.MAX_VALUE;
  }

  void errors(boolean begins) {
    erring = begins;
  }

  boolean isErring() {
    return erring;
  }

  void count(Job.End end) {
    switch (end) {
      case RESPONDED -> responded++;
      case ERRED -> errors++;
      case FAILED -> {}
    }
  }

  /// All its responses, good ones and errors.
  long responses() {
    return responded + errors;
  }

  long errors() {
    return errors;
  }

  /// The core-nanoseconds available to it so far.
  double coreNanosAvailable(long nowNanos) {
    return sinceNanos > nowNanos
        ? 0
        : server.cores() * (Math.min(nowNanos, untilNanos) - sinceNanos);
  }
}
