package dev.weir.scale;

/// The law of the work of a request: how long a replica's slot takes for it, apart from all
/// waiting.
public interface WorkLaw {
  /// Mean work S in seconds, > 0.
  double meanSeconds();

  /// Squared coefficient of variation (cs²) of the work, >= 0.
  double scv();

  /// The work that a request exceeds with probability `1 - p`, in seconds.
  ///
  /// @param p in `[0, 1)`
  double quantile(double p);

  /// Natural logarithm of E[exp(`s` S)], the moment generating function; infinite where that
  /// diverges.
  ///
  /// @param s per second, >= 0
  double logMgf(double s);

  /// E[exp(`s` S)]; infinite where it diverges.
  ///
  /// @param s per second, >= 0
  default double mgf(double s) {
    return Math.exp(logMgf(s));
  }
}
