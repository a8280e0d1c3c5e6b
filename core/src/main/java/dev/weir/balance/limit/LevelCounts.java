package dev.weir.balance.limit;

import java.util.Arrays;

/// For one window of time: how long a replica had each number of requests in flight, and how many
/// it completed then.
final class LevelCounts {
  /*
   * A replica's rate at a level is completions there / time there. By level crossing (each departure
   * from n is matched by an arrival to n) this has no bias for processor sharing and for servers
   * that only wait, for any law of the work, so the measurement needs no steady state.
   */
  private double[] nanos = new double[8];
  private double[] completions = new double[8];
  private double completionsInAll;
  private int highest = -1;

  /// `inFlight` requests, at least one, were under way for a while.
  void spent(int inFlight, long elapsedNanos) {
    int step = Levels.stepOf(inFlight);
    reach(step);
    nanos[step] += elapsedNanos;
  }

  /// One of `inFlight` requests was completed.
  void completed(int inFlight) {
    int step = Levels.stepOf(inFlight);
    reach(step);
    completions[step]++;
    completionsInAll++;
  }

  private void reach(int step) {
    if (step > highest) {
      highest = step;
      if (step >= nanos.length) {
        int length = Math.min(Levels.COUNT, Math.max(step + 1, 2 * nanos.length));
        nanos = Arrays.copyOf(nanos, length);
        completions = Arrays.copyOf(completions, length);
      }
    }
  }

  /// Completions at all levels.
  double completions() {
    return completionsInAll;
  }

  /// Whether any time was seen.
  boolean isTimed() {
    return nanosFrom(0) > 0;
  }

  private double nanosFrom(int step) {
    return sumFrom(step, nanos);
  }

  private double sumFrom(int step, double[] values) {
    double sum = 0;
    for (int i = step; i <= highest; i++) {
      sum += values[i];
    }
    return sum;
  }

  /// Completions at `step` and above.
  double completionsFrom(int step) {
    return sumFrom(step, completions);
  }

  /// The mean rate at `step` and above, in completions per nanosecond; NaN if it was never there.
  double rateFrom(int step) {
    double time = nanosFrom(step);
    return time > 0 ? completionsFrom(step) / time : Double.NaN;
  }

  /// Halves what is here and adds a later window.
  void fade(LevelCounts later) {
    for (int i = 0; i <= highest; i++) {
      nanos[i] /= 2;
      completions[i] /= 2;
    }
    completionsInAll = completionsInAll / 2 + later.completionsInAll;
    if (later.highest >= 0) {
      reach(later.highest);
    }
    for (int i = 0; i <= later.highest; i++) {
      nanos[i] += later.nanos[i];
      completions[i] += later.completions[i];
    }
  }

  /// Adds to `sums` the log-likelihood of each knee up to the highest level seen; knees beyond are
  /// as likely as the last, because no data separates them.
  void addLogLikelihoods(double[] sums) {
    /*
     * Model: rate(n) = r min(n, c), completions Poisson given the times. With the best r put in, up
     * to a constant: sum of completions(n) ln min(n, c) - completions ln(sum of time(n) min(n, c)).
     * The sums from a level on run down, those below it run up, so all c take one pass.
     */
    double logsBelow = 0;
    double levelTimeBelow = 0;
    double countAbove = completionsInAll;
    double timeAbove = nanosFrom(0);
    double last = 0;
    for (int c = 0; c <= highest; c++) {
      logsBelow += completions[c] * Levels.logOf(c);
      levelTimeBelow += nanos[c] * Levels.valueOf(c);
      countAbove -= completions[c];
      timeAbove = Math.max(0, timeAbove - nanos[c]);
      double exposure = levelTimeBelow + timeAbove * Levels.valueOf(c);
      last = logsBelow + countAbove * Levels.logOf(c) - completionsInAll * Math.log(exposure);
      sums[c] += last;
    }
    for (int c = highest + 1; c < Levels.COUNT; c++) {
      sums[c] += last;
    }
  }

  /// A new window begins.
  void clear() {
    Arrays.fill(nanos, 0);
    Arrays.fill(completions, 0);
    completionsInAll = 0;
    highest = -1;
  }
}
