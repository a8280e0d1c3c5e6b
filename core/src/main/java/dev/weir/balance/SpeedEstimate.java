package dev.weir.balance;

/// How fast one replica works: how long a request of this service takes while no other competes for
/// its cores.
final class SpeedEstimate {
  /*
   * The time from lease to end depends on how many others were in flight, so it says little about
   * the replica. A processor-sharing server with `knee` cores gives each of n requests the share
   * min(1, knee/n); the integral of that share from lease to end is the work which the request got,
   * in seconds of an unshared core. (With a queue inside the replica this holds on average.)
   *
   * Samples fade with time as well as with number. The mean also includes the service's mean,
   * weighted as PRIOR_SAMPLES samples. So a new replica counts as average, and an avoided slow one
   * slowly becomes average again and is retried.
   */
  private static final double FADE_NANOS = 10e9;
  private static final double FADE_WORKS = 50;
  private static final double FADE_SAMPLES = 128;
  private static final double PRIOR_SAMPLES = 4;
  private static final long AGE_STEP_NANOS = 500_000_000L;

  private double attainedNanos;
  private double weight;
  private double sumNanos;
  private long agedAtNanos;

  SpeedEstimate(long nowNanos) {
    agedAtNanos = nowNanos;
  }

  /// The work that a request would have got so far if it had been in flight from the start.
  double attainedNanos() {
    return attainedNanos;
  }

  /// `inFlight` requests shared the replica for a while.
  void spent(int inFlight, int knee, long elapsedNanos) {
    attainedNanos += inFlight <= knee ? elapsedNanos : elapsedNanos * ((double) knee / inFlight);
  }

  /// A request got `workNanos` until its response.
  void note(double workNanos, long nowNanos) {
    age(nowNanos);
    double keep = 1 - 1 / FADE_SAMPLES;
    weight = weight * keep + 1;
    sumNanos = sumNanos * keep + workNanos;
  }

  /// How many requests the mean rests on, after fading.
  double weight() {
    return weight;
  }

  /// The mean work of a request here, combined with `priorNanos`; NaN if both are unknown.
  double meanNanos(double priorNanos, long nowNanos) {
    age(nowNanos);
    if (Double.isNaN(priorNanos)) {
      return weight > 0 ? sumNanos / weight : Double.NaN;
    }
    return (sumNanos + PRIOR_SAMPLES * priorNanos) / (weight + PRIOR_SAMPLES);
  }

  private void age(long nowNanos) {
    long elapsedNanos = nowNanos - agedAtNanos;
    if (elapsedNanos >= AGE_STEP_NANOS) {
      double meanNanos = weight > 0 ? sumNanos / weight : 0;
      double keep = Math.exp(-elapsedNanos / Math.max(FADE_NANOS, FADE_WORKS * meanNanos));
      weight *= keep;
      sumNanos *= keep;
      agedAtNanos = nowNanos;
    }
  }
}
