package dev.weir.sim;

import dev.weir.balance.BalancerStatus;
import dev.weir.balance.BalancerStatus.ReplicaStatus;
import dev.weir.balance.ReplicaSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All replicas of a run, including those that join later or have left, and the server behind them,
/// on virtual time.
final class Fleet {
  /*
   * All replicas are created at the start, so that the number of event sources is fixed and a
   * replica's number is its place in the order of joining.
   */
  private static final int ERRORS = 0;
  private static final int SHARED = 1;
  private static final int MEMBERS = 2;

  /// How long an error response takes.
  private static final long ERROR_NANOS = 1_000_000;

  private final NextEvents events;
  private final int firstSource;
  private final Consumer<Job> leaves;
  private final List<SimulatedReplica> members = new ArrayList<>();
  private final Map<String, Integer> indexById = new HashMap<>();
  private final DelayLine errors = new DelayLine();
  private final @Nullable SimulatedServer shared;
  private final double sharedPart;
  private int joined;

  /// @param events gets the next event of each server, from source `firstSource` on
  /// @param leaves gets each request that a replica has finished
  Fleet(Scenario scenario, NextEvents events, int firstSource, Consumer<Job> leaves) {
    this.events = events;
    this.firstSource = firstSource;
    this.leaves = leaves;
    this.shared =
        scenario
            .supply()
            .bottleneck()
            .map(b -> new SimulatedServer(ServerSpec.of(1, b.cores()), b.discipline()))
            .orElse(null);
    this.sharedPart = scenario.supply().bottleneck().map(Bottleneck::share).orElse(0.0);
    for (ServerSpec spec : everyServer(scenario)) {
      String id = "r" + (members.size() + 1);
      indexById.put(id, members.size());
      members.add(new SimulatedReplica(spec, id, scenario.supply().discipline()));
    }
    scenario.supply().servers().forEach(_ -> join(0));
  }

  /// How many event sources a scenario's replicas need.
  static int sources(Scenario scenario) {
    return MEMBERS + everyServer(scenario).size();
  }

  private static List<ServerSpec> everyServer(Scenario scenario) {
    var all = new ArrayList<>(scenario.supply().servers());
    for (ScenarioEvent event : scenario.events()) {
      if (event instanceof ScenarioEvent.Join join) {
        all.add(join.server());
      }
    }
    return all;
  }

  /// The members, as discovery lists them.
  List<ReplicaSpec> replicas() {
    return members.stream()
        .filter(SimulatedReplica::isMember)
        .map(SimulatedReplica::replica)
        .toList();
  }

  /// The next server joins.
  void join(long nowNanos) {
    members.get(joined++).join(nowNanos);
  }

  void leave(int index, long nowNanos) {
    members.get(index).leave(nowNanos);
  }

  void errors(int index, boolean begins) {
    members.get(index).errors(begins);
  }

  void speed(int index, double speed, long nowNanos) {
    server(index).speed(speed, nowNanos, this::fail);
    schedule(index);
  }

  void speedOfAll(double factor, long nowNanos) {
    for (int i = 0; i < members.size(); i++) {
      server(i).factor(factor, nowNanos);
      schedule(i);
    }
  }

  /// A request reaches its replica.
  void reach(Job job, long nowNanos) {
    int index = index(job);
    SimulatedReplica member = members.get(index);
    if (member.server().isDown()) {
      fail(job);
    } else if (member.isErring()) {
      errors.add(job, nowNanos + ERROR_NANOS);
      events.set(firstSource + ERRORS, errors.nextNanos());
    } else {
      job.stageNanos = job.workNanos * (1 - sharedPart);
      member.server().add(job, nowNanos);
      schedule(index);
    }
  }

  /// Runs the due event of `source`, counted from the first one.
  void happen(int source, long nowNanos) {
    switch (source) {
      case ERRORS -> {
        Job job = errors.take();
        events.set(firstSource + ERRORS, errors.nextNanos());
        leave(job, Job.End.ERRED);
      }
      case SHARED -> finishShared(Objects.requireNonNull(shared), nowNanos);
      default -> finish(source - MEMBERS, nowNanos);
    }
  }

  private void finish(int index, long nowNanos) {
    Job job = server(index).finish(nowNanos);
    schedule(index);
    if (shared == null) {
      leave(job, Job.End.RESPONDED);
    } else {
      job.stageNanos = job.workNanos * sharedPart;
      shared.add(job, nowNanos);
      events.set(firstSource + SHARED, shared.nextNanos());
    }
  }

  private void finishShared(SimulatedServer server, long nowNanos) {
    Job job = server.finish(nowNanos);
    events.set(firstSource + SHARED, server.nextNanos());
    leave(job, server(index(job)).isDown() ? Job.End.FAILED : Job.End.RESPONDED);
  }

  private void fail(Job job) {
    leave(job, Job.End.FAILED);
  }

  private void leave(Job job, Job.End end) {
    job.end = end;
    members.get(index(job)).count(end);
    leaves.accept(job);
  }

  private void schedule(int index) {
    events.set(firstSource + MEMBERS + index, server(index).nextNanos());
  }

  private SimulatedServer server(int index) {
    return members.get(index).server();
  }

  private int index(Job job) {
    String id = Objects.requireNonNull(job.lease).replica().id();
    return Objects.requireNonNull(indexById.get(id));
  }

  /// The share of the replicas' time spent working; NaN if their cores are infinite.
  double utilisation(long nowNanos) {
    double busy = members.stream().mapToDouble(m -> m.server().coreNanos()).sum();
    return share(busy, members.stream().mapToDouble(m -> m.coreNanosAvailable(nowNanos)).sum());
  }

  /// One row for each replica that has joined.
  List<PolicyResult.ServerOutcome> rows(BalancerStatus status, long nowNanos) {
    Map<String, ReplicaStatus> known =
        status.replicas().stream().collect(Collectors.toMap(ReplicaStatus::id, one -> one));
    long responses = members.stream().mapToLong(SimulatedReplica::responses).sum();
    return members.stream()
        .limit(joined)
        .map(member -> row(member, responses, known.get(member.id()), nowNanos))
        .toList();
  }

  private static PolicyResult.ServerOutcome row(
      SimulatedReplica member, long responses, @Nullable ReplicaStatus replica, long nowNanos) {
    return new PolicyResult.ServerOutcome(
        responses == 0 ? 0 : (double) member.responses() / responses,
        share(member.server().coreNanos(), member.coreNanosAvailable(nowNanos)),
        replica == null ? 0 : replica.limit(),
        replica == null ? 0 : replica.knee(),
        replica == null ? "" : replica.limitReason(),
        replica == null ? 0 : replica.limitAgeSeconds(),
        member.errors());
  }

  private static double share(double busyNanos, double availableNanos) {
    return Double.isFinite(availableNanos) ? busyNanos / availableNanos : Double.NaN;
  }
}
