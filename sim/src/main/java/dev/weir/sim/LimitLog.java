package dev.weir.sim;

import dev.weir.balance.BalancerStatus;
import dev.weir.balance.BalancerStatus.ReplicaStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Records how replicas' limits changed, and why.
final class LimitLog {
  private static final Pattern FIGURES = Pattern.compile("[0-9.]+");

  private final List<LimitChange> changes = new ArrayList<>();
  private final Map<String, Known> knownById = new HashMap<>();

  /// The parts that count as a change: figures within a reason vary all the time.
  private record Known(int limit, String words) {}

  void note(BalancerStatus status, long nowNanos) {
    for (ReplicaStatus replica : status.replicas()) {
      String words = FIGURES.matcher(replica.limitReason()).replaceAll("");
      var now = new Known(replica.limit(), words);
      if (!now.equals(knownById.put(replica.id(), now))) {
        changes.add(
            new LimitChange(
                nowNanos / 1e9,
                replica.id(),
                replica.limit(),
                replica.knee(),
                replica.limitReason()));
      }
    }
  }

  List<LimitChange> changes() {
    return changes;
  }
}
