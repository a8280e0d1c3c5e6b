package dev.weir.scale;

/// The two-phase hyperexponential law with balanced means: the many short times and the few long
/// ones add up to the same.
final class TwoPhases {
  private TwoPhases() {}

  /// The probability of the short phase, whose rate is twice that probability over the mean.
  ///
  /// @param scv squared coefficient of variation, >= 1
  static double shortShare(double scv) {
    return (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  }
}
