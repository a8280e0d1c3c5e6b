package dev.weir.balance;

import dev.weir.base.Checks;

/// A replica as discovery describes it.
///
/// @param id its name in metrics and reports, unique within the service
/// @param cores the declared number of cores, 1 if there is none; replicas with the same number
///   learn together: > 0
/// @param draining whether it is about to leave: it gets no new request and finishes its others
public record ReplicaSpec(String id, double cores, boolean draining) {
  public ReplicaSpec {
    Checks.check(!id.isBlank(), "replica.id", id, "a name");
    Checks.positive(cores, "replica.cores");
  }

  /// A replica that takes requests.
  public ReplicaSpec(String id, double cores) {
    this(id, cores, false);
  }
}
