package dev.weir.balance.policy;

/// Which of two replicas a policy would rather pick.
@FunctionalInterface
public interface Order {
  /// Whether `one` is the better choice. A strict order: of two equals, neither is before the
  /// other.
  boolean isBefore(Candidate one, Candidate other);
}
