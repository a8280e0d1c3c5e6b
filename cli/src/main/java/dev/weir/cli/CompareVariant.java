package dev.weir.cli;

import dev.weir.balance.PolicySpec;

/// One of those that `weir compare` holds against each other.
sealed interface CompareVariant {
  /// What tables and folders call it.
  String label();

  /// A policy of the balancer.
  record Policy(PolicySpec spec) implements CompareVariant {
    @Override
    public String label() {
      return spec.label();
    }
  }

  /// An image of a service.
  record Image(String name) implements CompareVariant {
    @Override
    public String label() {
      return name;
    }
  }

  /// A number of replicas of a service.
  record Count(int replicas) implements CompareVariant {
    @Override
    public String label() {
      return Figures.count(replicas, "replica");
    }
  }
}
