package dev.weir.balance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/// A balancer on virtual time whose decisions are noted as text.
abstract class BalancerFixture implements Dispatch<String> {
  static final long SECOND = 1_000_000_000L;

  final Map<String, Lease> leases = new HashMap<>();
  final List<String> events = new ArrayList<>();

  @Override
  public void assigned(String request, Lease lease) {
    leases.put(request, lease);
    events.add(request + "->" + lease.replica().id());
  }

  @Override
  public void refused(String request, Refusal reason) {
    events.add(request + " " + reason);
  }

  Balancer<String> weir(int cap, String... ids) {
    return balancer(PolicySpec.WEIR, cap, ids);
  }

  Balancer<String> balancer(PolicySpec policy, int cap, String... ids) {
    var settings =
        new BalancerSettings(policy, cap, 30 * SECOND, SECOND, 16).with(new LimitSpec.Fixed(1));
    var balancer = new Balancer<>(settings, this, new SplittableRandom(1));
    balancer.replicas(specs(ids), 0);
    return balancer;
  }

  static List<ReplicaSpec> specs(String... ids) {
    return List.of(ids).stream().map(id -> new ReplicaSpec(id, 1)).toList();
  }

  void arrive(Balancer<String> balancer, long nowNanos, String request) {
    settle(request, balancer.arrive(request, nowNanos));
  }

  void settle(String request, Admission admission) {
    switch (admission) {
      case Lease lease -> assigned(request, lease);
      case Refusal reason -> refused(request, reason);
      case Ticket _ -> {}
    }
  }

  void arrive(Balancer<String> balancer, String... requests) {
    for (String request : requests) {
      arrive(balancer, 0, request);
    }
  }

  Lease lease(String request) {
    return Objects.requireNonNull(leases.get(request));
  }

  void end(Balancer<String> balancer, String request, Outcome outcome, long nowNanos) {
    balancer.end(lease(request), outcome, nowNanos);
  }

  static String states(Balancer<String> balancer) {
    return String.join(
        ", ",
        balancer.status(SECOND).replicas().stream().map(r -> r.id() + " " + r.state()).toList());
  }
}
