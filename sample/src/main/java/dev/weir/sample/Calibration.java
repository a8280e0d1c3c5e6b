package dev.weir.sample;

import java.util.Arrays;

/// Measures how many trial divisions this machine makes in a millisecond of CPU time.
///
/// A number of divisions costs the same CPU on a busy machine too, unlike a loop that watches the
/// clock.
final class Calibration {
  private static final long WARM_UP_NANOS = 60_000_000;
  private static final int ROUNDS = 7;
  private static final long ROUND_NANOS = 8_000_000;
  private static final long CHUNK = 10_000;

  private Calibration() {}

  /// Divisions per millisecond: the median of a few rounds, once the code is compiled.
  static double divisionsPerMilli() {
    round(WARM_UP_NANOS);
    double[] rounds = new double[ROUNDS];
    Arrays.setAll(rounds, _ -> round(ROUND_NANOS));
    Arrays.sort(rounds);
    return rounds[ROUNDS / 2];
  }

  private static double round(long nanos) {
    long start = ThreadCpu.nanos();
    long divisions = 0;
    long used;
    long from = TrialDivision.FIRST;
    do {
      TrialDivision.divisor(TrialDivision.LARGE_PRIME, from, CHUNK);
      from += 2 * CHUNK;
      divisions += CHUNK;
      used = ThreadCpu.nanos() - start;
    } while (used < nanos);
    return divisions * 1e6 / used;
  }
}
