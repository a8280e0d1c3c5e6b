package dev.weir.balance.policy;

/// Which of two replicas a policy would rather pick.
@FunctionalInterface
public interface Order {
  /// Whether `one` is the better choice: a strict order, in which equals are before each other in
  /// neither direction.
  boolean isBefore(Candidate one, Candidate other);
}
