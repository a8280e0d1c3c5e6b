package dev.weir.arrivals;

import dev.weir.base.Checks;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Recorded gaps, played in their order and again from the start when they run out.
public final class Trace implements GapLaw {
  private static final int GAPS_MAX = 20_000_000;

  private final double[] gapSeconds;
  private final double[] sorted;
  private final double meanSeconds;
  private final double scv;

  /// @param gapSeconds the gaps in seconds, as read from the file that `--trace` names
  public Trace(double... gapSeconds) {
    Checks.check(
        gapSeconds.length >= 1 && gapSeconds.length <= GAPS_MAX,
        "--trace",
        gapSeconds.length + " gaps",
        "1 to " + GAPS_MAX);
    for (double gap : gapSeconds) {
      Domain.NOT_NEGATIVE.check(gap, "--trace");
    }
    this.gapSeconds = gapSeconds.clone();
    this.sorted = gapSeconds.clone();
    Arrays.sort(sorted);
    this.meanSeconds = Arrays.stream(gapSeconds).average().orElse(0);
    Checks.check(meanSeconds > 0, "--trace", "gaps that are all 0", "at least one gap > 0");
    this.scv =
        Arrays.stream(gapSeconds).map(gap -> square(gap / meanSeconds - 1)).average().orElse(0);
  }

  @Override
  public String describe() {
    return LawNames.law("trace", "gaps", gapSeconds.length);
  }

  /// How many gaps there are before it starts over.
  public int size() {
    return gapSeconds.length;
  }

  @Override
  public double meanSeconds() {
    return meanSeconds;
  }

  @Override
  public double scv() {
    return scv;
  }

  @Override
  public double cdf(double seconds) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= seconds) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return (double) low / sorted.length;
  }

  /// Draws nothing: a trace is the same under every seed.
  @Override
  public GapSampler sampler(RandomGenerator random) {
    return new Replay(gapSeconds);
  }

  private static double square(double value) {
    return value * value;
  }

  /// One pass after another over the gaps.
  private static final class Replay implements GapSampler {
    private final double[] gapSeconds;
    private int next;

    Replay(double[] gapSeconds) {
      this.gapSeconds = gapSeconds;
    }

    @Override
    public double nextSeconds() {
      double gap = gapSeconds[next];
      next = next + 1 == gapSeconds.length ? 0 : next + 1;
      return gap;
    }
  }
}
