package dev.weir.balance.policy;

/// What a policy remembers of one replica. The policy makes it, the replica keeps it, and the
/// policy alone looks into it.
public interface PickState {
  /// The state of a policy that remembers nothing.
  PickState NONE = new PickState() {};
}
