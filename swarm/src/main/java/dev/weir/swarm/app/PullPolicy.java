package dev.weir.swarm.app;

/// When an image is fetched before it runs.
public enum PullPolicy {
  /// Each time, in case the tag has moved.
  ALWAYS,
  /// If the machine does not have it.
  MISSING,
  /// Never; it must be there.
  NEVER
}
