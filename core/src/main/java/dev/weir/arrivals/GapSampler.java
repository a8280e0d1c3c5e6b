package dev.weir.arrivals;

/// Draws one gap after another of an arrival process.
@FunctionalInterface
public interface GapSampler {
  /// The next gap in seconds, never negative.
  double nextSeconds();
}
