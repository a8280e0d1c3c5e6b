package dev.weir.stats;

import java.util.Optional;

/// What a comparison says about one variant.
public enum Finding {
  BASELINE("baseline"),
  NOISE_FLOOR("noise floor"),
  BETTER("better"),
  WORSE("worse"),
  /// Regardless of latencies, which cover only the requests that succeeded.
  FAILS_MORE("fails more"),
  NOISE("within the noise"),
  UNDECIDED("too few rounds");

  private final String label;

  Finding(String label) {
    this.label = label;
  }

  /// The words that tables show.
  public String label() {
    return label;
  }

  /// Judges a ratio where less is better.
  ///
  /// An interval that holds 1 shows no difference. Nor does one within the baseline's own noise:
  /// the same cause may be behind it.
  ///
  /// @param floor the baseline against itself, if that was measured
  static Finding of(Ratio ratio, Optional<Ratio> floor) {
    if (!ratio.hasInterval()) {
      return UNDECIDED;
    }
    boolean noise =
        ratio.contains(1) || floor.filter(Ratio::hasInterval).filter(ratio::liesWithin).isPresent();
    return noise ? NOISE : ratio.high() < 1 ? BETTER : WORSE;
  }
}
