package dev.weir.balance;

import dev.weir.base.Checks;

/// A replica as its discovery names it.
///
/// @param id what metrics and reports call it, unique within the service
/// @param cores the declared number of cores, 1 if there is none; replicas with the same number
///   learn together: > 0
/// @param draining whether it is about to leave: it gets no new request and finishes what it has
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
