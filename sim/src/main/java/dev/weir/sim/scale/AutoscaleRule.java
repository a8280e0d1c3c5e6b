package dev.weir.sim.scale;

/// A rule that decides how many replicas there should be.
interface AutoscaleRule {
  /// How often it decides.
  double tickSeconds();

  /// How many there should be now; the simulation keeps to the least and the greatest number.
  int replicas(ScaleView view);
}
