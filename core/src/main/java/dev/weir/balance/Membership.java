package dev.weir.balance;

import dev.weir.balance.policy.Candidates;
import dev.weir.balance.policy.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The replicas of a service: which may be picked, and which only finish their requests.
final class Membership {
  private final Map<String, Replica> known = new HashMap<>();
  private final List<Replica> active = new ArrayList<>();
  private final List<Replica> draining = new ArrayList<>();
  private final Candidates<Replica> eligible;
  private final Candidates<Replica> everyone = new Candidates<>(null);
  private final Candidates<Replica> others = new Candidates<>(null);
  private boolean anyOut;

  /// @param order keeps the best eligible replica at hand; null for none
  Membership(@Nullable Order order) {
    eligible = new Candidates<>(order);
  }

  /// Sets the members; known ones keep what was learned about them. Returns whether the replicas
  /// that take requests changed.
  boolean become(List<ReplicaSpec> specs, Function<ReplicaSpec, Replica> newcomer) {
    var ids = new HashSet<String>();
    for (ReplicaSpec spec : specs) {
      if (!ids.add(spec.id())) {
        throw new IllegalArgumentException(
            "replicas: %s twice (expected: each id once)".formatted(spec.id()));
      }
    }
    Set<Replica> before = new HashSet<>(active);
    draining.addAll(active.stream().filter(replica -> !ids.contains(replica.id())).toList());
    active.clear();
    for (ReplicaSpec spec : specs) {
      Replica replica = known.computeIfAbsent(spec.id(), _ -> newcomer.apply(spec));
      replica.spec(spec);
      draining.remove(replica);
      (spec.draining() ? draining : active).add(replica);
    }
    active.forEach(replica -> replica.draining(false, true));
    for (Replica replica : List.copyOf(draining)) {
      replica.draining(true, ids.contains(replica.id()));
      forgetIfIdle(replica);
    }
    refill();
    return !before.equals(new HashSet<>(active));
  }

  /// Forgets a draining replica that is idle, unless it is still listed.
  void forgetIfIdle(Replica replica) {
    if (replica.isGone()) {
      draining.remove(replica);
      known.remove(replica.id());
      replica.limit().close();
    }
  }

  /// How many requests all of them can work on at full speed, as far as known.
  double knees() {
    double sum = 0;
    for (Replica replica : active) {
      sum += replica.limit().knee();
    }
    return sum;
  }

  /// The least share of errors among the replicas in use that have responded; 0 without any.
  double leastErrorShare() {
    double least = Double.POSITIVE_INFINITY;
    for (Replica replica : active) {
      if (!replica.ejection().isOut() && replica.succeededCount() > 0) {
        least = Math.min(least, replica.errors().share());
      }
    }
    return Double.isInfinite(least) ? 0 : least;
  }

  /// The replicas that take requests.
  List<Replica> active() {
    return active;
  }

  boolean isEmpty() {
    return active.isEmpty();
  }

  /// The replicas that take requests or finish some.
  List<Replica> all() {
    var all = new ArrayList<>(active);
    all.addAll(draining);
    return all;
  }

  /// The replicas to choose from. If all are ejected, it is all of them: a wrong guess costs less
  /// than refusing every request.
  Candidates<Replica> pool() {
    return eligible.isEmpty() ? everyone : eligible;
  }

  /// The replicas to choose from after `avoid` failed: the others, if there are any.
  Candidates<Replica> poolWithout(Replica avoid) {
    others.refillWithout(avoid, eligible);
    if (others.isEmpty()) {
      others.refillWithout(avoid, everyone);
    }
    return others.isEmpty() ? pool() : others;
  }

  /// The replicas to choose from except `spared`; may be empty.
  Candidates<Replica> othersThan(Replica spared) {
    others.refillWithout(spared, eligible);
    return others;
  }

  /// Lets replicas back in when their ejection is over.
  void tick(long nowNanos) {
    if (anyOut) {
      boolean changed = false;
      for (int i = 0; i < active.size(); i++) {
        changed |= active.get(i).ejection().tick(nowNanos);
      }
      if (changed) {
        refill();
      }
    }
  }

  /// A replica became eligible, or is no longer.
  void refill() {
    eligible.clear();
    everyone.clear();
    anyOut = false;
    for (Replica replica : active) {
      everyone.add(replica);
      if (replica.ejection().isEligible()) {
        eligible.add(replica);
      }
      anyOut |= replica.ejection().isOut();
    }
    eligible.rank();
  }

  /// The policy's input has changed for this replica.
  void changed(Replica replica) {
    eligible.changed(replica);
  }

  /// The same.
  ///
  /// @param eligibility whether the replica also became eligible, or is no longer
  void changed(Replica replica, boolean eligibility) {
    if (eligibility) {
      refill();
    } else {
      changed(replica);
    }
  }

  /// The policy's input may have changed for all replicas.
  void changedAll() {
    eligible.rank();
  }
}
