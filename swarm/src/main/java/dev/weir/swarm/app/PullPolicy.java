package dev.weir.swarm.app;

/// When to pull an image before it runs.
public enum PullPolicy {
  /// Each time, in case the tag has moved.
  ALWAYS,
  /// If the machine does not have it.
  MISSING,
  /// Never; the machine must have it.
  NEVER
}
