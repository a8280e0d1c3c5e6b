package dev.weir.arrivals;

import dev.weir.base.Checks;

/// Rate and burstiness of arrivals that were recorded.
///
/// @param ratePerSecond arrivals per second
/// @param scv squared coefficient of variation of the gaps (ca²)
/// @param idc index of dispersion for counts; NaN for fewer than twenty bins
public record ArrivalFigures(double ratePerSecond, double scv, double idc) {
  /// Bursts that last about so many mean works fill a queue; shorter ones it does not feel. Bins of
  /// the index of dispersion are so long.
  public static final double BIN_WORKS = 10;

  private static final int BINS_MIN = 20;
  private static final int ARRIVALS_MIN = 3;

  /// The figures of arrivals at these instants.
  ///
  /// @param atSeconds ascending; at least three, not all the same
  /// @param binSeconds length of the bins of the index of dispersion, > 0
  /// @throws IllegalArgumentException if there are too few
  public static ArrivalFigures of(double[] atSeconds, double binSeconds) {
    Checks.atLeast(ARRIVALS_MIN, atSeconds.length, "arrivals");
    Checks.positive(binSeconds, "bin");
    int gaps = atSeconds.length - 1;
    double mean = Checks.positive((atSeconds[gaps] - atSeconds[0]) / gaps, "mean gap");
    double squares = 0;
    for (int i = 0; i < gaps; i++) {
      double off = atSeconds[i + 1] - atSeconds[i] - mean;
      squares += off * off;
    }
    return new ArrivalFigures(
        1 / mean, squares / (gaps - 1) / (mean * mean), idc(atSeconds, binSeconds));
  }

  private static double idc(double[] atSeconds, double binSeconds) {
    double first = atSeconds[0];
    int bins = (int) Math.min(1 << 24, (atSeconds[atSeconds.length - 1] - first) / binSeconds);
    if (bins < BINS_MIN) {
      return Double.NaN;
    }
    int[] counts = new int[bins];
    for (double at : atSeconds) {
      int bin = (int) ((at - first) / binSeconds);
      if (bin < bins) {
        counts[bin]++;
      }
    }
    return dispersion(counts);
  }

  /// Variance over mean.
  private static double dispersion(int[] counts) {
    double sum = 0;
    double squares = 0;
    for (int count : counts) {
      sum += count;
      squares += (double) count * count;
    }
    double mean = sum / counts.length;
    return (squares - sum * mean) / (counts.length - 1) / mean;
  }

  /// What a queue feels: the larger of ca² and the index of dispersion, if that is known.
  public double burstiness() {
    return Double.isNaN(idc) ? scv : Math.max(scv, idc);
  }
}
