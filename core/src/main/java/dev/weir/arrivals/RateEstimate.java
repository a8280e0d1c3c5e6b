package dev.weir.arrivals;

/// The rate of arrivals at one instant, with what is uncertain about it.
///
/// @param perSecond λ over the window; NaN until a whole second has passed
/// @param standardError of λ: sqrt(d λ / window)
/// @param dispersion d, the variance of the counts of one second over their mean, as their
///   successive differences show it: 1 to 20
/// @param windowSeconds what λ was taken over: 60, 10 after a change, or less after the start
/// @param minute how λ changes over the last 60 s
/// @param halfMinute how λ changes over the last 30 s
/// @param largestPerSecond the largest rate over 10 s within the last 60 s
/// @param peakPerSecond the largest rate over 10 s within the last 30 min
/// @param knownSeconds for how long arrivals have been counted
public record RateEstimate(
    double perSecond,
    double standardError,
    double dispersion,
    int windowSeconds,
    Slope minute,
    Slope halfMinute,
    double largestPerSecond,
    double peakPerSecond,
    double knownSeconds) {

  /// Whether a whole window has been counted.
  public boolean isFull() {
    return knownSeconds >= RateMeter.WINDOW_SECONDS;
  }

  /// The rate of these arrivals and of `other` ones that are independent of them. The largest rates
  /// may have been at different times, so their sum is an upper bound.
  public RateEstimate plus(RateEstimate other) {
    if (Double.isNaN(perSecond) || Double.isNaN(other.perSecond)) {
      return (Double.isNaN(perSecond) ? other : this).knownFor(0);
    }
    double all = perSecond + other.perSecond;
    return new RateEstimate(
        all,
        Math.hypot(standardError, other.standardError),
        all == 0
            ? Math.max(dispersion, other.dispersion)
            : (perSecond * dispersion + other.perSecond * other.dispersion) / all,
        Math.min(windowSeconds, other.windowSeconds),
        minute.plus(other.minute),
        halfMinute.plus(other.halfMinute),
        largestPerSecond + other.largestPerSecond,
        peakPerSecond + other.peakPerSecond,
        Math.min(knownSeconds, other.knownSeconds));
  }

  private RateEstimate knownFor(double seconds) {
    return new RateEstimate(
        perSecond,
        standardError,
        dispersion,
        windowSeconds,
        minute,
        halfMinute,
        largestPerSecond,
        peakPerSecond,
        seconds);
  }

  /// A least-squares line through the counts of each second.
  ///
  /// @param perSecondSquared by how much λ grows in a second
  /// @param standardError of that, if the rate does not change
  public record Slope(double perSecondSquared, double standardError) {
    /// No change.
    public static final Slope FLAT = new Slope(0, 0);

    /// Whether the rate grows by more than so many standard errors.
    public boolean exceeds(double errors) {
      return perSecondSquared > errors * standardError;
    }

    Slope plus(Slope other) {
      return new Slope(
          perSecondSquared + other.perSecondSquared,
          Math.hypot(standardError, other.standardError));
    }
  }
}
