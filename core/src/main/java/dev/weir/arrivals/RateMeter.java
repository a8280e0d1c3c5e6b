package dev.weir.arrivals;

import dev.weir.arrivals.RateEstimate.Slope;
import java.util.Arrays;

/// Counts arrivals by the second and estimates their rate, quickly after a change and steadily
/// otherwise.
///
/// Not safe for use by several threads at once: its owner's lock guards it.
public final class RateMeter {
  /*
   * The rate over 60 s is steady but late. The rate over 10 s replaces it once the two differ by
   * more than chance explains. How much chance explains depends on how bursty arrivals are: the
   * successive differences of the counts (von Neumann, "Distribution of the ratio of the mean
   * square successive difference to the variance", 1941) show that without taking a slow change of
   * the rate for a burst.
   */
  static final int WINDOW_SECONDS = 60;
  private static final int SHORT_SECONDS = 10;
  private static final int HALF_SECONDS = 30;
  private static final int PEAK_SECONDS = 1800;
  private static final double CHANGE_ERRORS = 2.5;
  private static final double DISPERSION_MIN = 1;
  private static final double DISPERSION_MAX = 20;
  private static final long SECOND = 1_000_000_000;

  private final long startNanos;
  private final int[] counts = new int[PEAK_SECONDS + 1];
  private long newest;

  /// @param startNanos when counting begins; seconds are counted from there
  public RateMeter(long startNanos) {
    this.startNanos = startNanos;
  }

  /// Notes an arrival. A moment before the last one counts as that one.
  public void note(long nowNanos) {
    advance(nowNanos);
    counts[slot(newest)]++;
  }

  /// The rate at `nowNanos`, from the whole seconds before it.
  public RateEstimate estimate(long nowNanos) {
    advance(nowNanos);
    int known = (int) Math.min(newest, WINDOW_SECONDS);
    if (known == 0) {
      return new RateEstimate(
          Double.NaN, Double.NaN, DISPERSION_MIN, 0, Slope.FLAT, Slope.FLAT, 0, 0, 0);
    }
    double steady = mean(known);
    double dispersion = dispersion(known, steady);
    int shortWindow = Math.min(known, SHORT_SECONDS);
    double recent = mean(shortWindow);
    double chance = Math.sqrt(dispersion * steady / shortWindow);
    boolean changed = Math.abs(recent - steady) > CHANGE_ERRORS * chance;
    int window = changed ? shortWindow : known;
    double rate = changed ? recent : steady;
    return new RateEstimate(
        rate,
        Math.sqrt(dispersion * rate / window),
        dispersion,
        window,
        slope(known, dispersion),
        slope(Math.min(known, HALF_SECONDS), dispersion),
        largest(known),
        largest((int) Math.min(newest, PEAK_SECONDS)),
        (nowNanos - startNanos) / 1e9);
  }

  private void advance(long nowNanos) {
    long second = Math.floorDiv(nowNanos - startNanos, SECOND);
    if (second - newest >= counts.length) {
      Arrays.fill(counts, 0);
      newest = second;
    }
    while (newest < second) {
      newest++;
      counts[slot(newest)] = 0;
    }
  }

  private int slot(long second) {
    return (int) (second % counts.length);
  }

  /// The count of the whole second that ended `ago` seconds before the present one began.
  private int count(int ago) {
    return counts[slot(newest - 1 - ago)];
  }

  private double mean(int seconds) {
    long sum = 0;
    for (int ago = 0; ago < seconds; ago++) {
      sum += count(ago);
    }
    return (double) sum / seconds;
  }

  private double dispersion(int seconds, double rate) {
    if (seconds < 2 || rate == 0) {
      return DISPERSION_MIN;
    }
    double squares = 0;
    for (int ago = 1; ago < seconds; ago++) {
      double step = count(ago - 1) - count(ago);
      squares += step * step;
    }
    return Math.clamp(squares / (seconds - 1) / 2 / rate, DISPERSION_MIN, DISPERSION_MAX);
  }

  private Slope slope(int seconds, double dispersion) {
    if (seconds < SHORT_SECONDS) {
      return Slope.FLAT;
    }
    double middle = (seconds - 1) / 2.0;
    double sum = 0;
    double weighted = 0;
    for (int ago = 0; ago < seconds; ago++) {
      sum += count(ago);
      weighted += (middle - ago) * count(ago);
    }
    double spread = seconds * ((double) seconds * seconds - 1) / 12;
    return new Slope(weighted / spread, Math.sqrt(dispersion * sum / seconds / spread));
  }

  private double largest(int seconds) {
    int width = Math.min(seconds, SHORT_SECONDS);
    long sum = 0;
    long largest = 0;
    for (int ago = 0; ago < seconds; ago++) {
      sum += count(ago) - (ago >= width ? count(ago - width) : 0);
      largest = Math.max(largest, sum);
    }
    return (double) largest / width;
  }
}
