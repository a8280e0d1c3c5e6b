package dev.weir.balance.policy;

/// A policy's state of one replica. The policy makes and reads it, the replica only keeps it.
public interface PickState {
  /// The state of a policy without memory.
  PickState NONE = new PickState() {};
}
