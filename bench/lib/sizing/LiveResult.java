/// What a cell showed.
///
/// @param cell which
/// @param reading what the balancer said last while the load ran
/// @param latencies as `weir load` measured them, ascending, in seconds
/// @param sent requests sent
/// @param errors those of them without a good response
/// @param isVoid whether the load was not the one that was asked for
record LiveResult(
    LiveCell cell,
    LiveReading reading,
    double[] latencies,
    long sent,
    long errors,
    boolean isVoid) {
  private static final double LOW = .85;
  private static final double HIGH = 1.15;

  /// The p99 of the latencies, in seconds, by nearest rank.
  double measuredSeconds() {
    return latencies[(int) Math.ceil(.99 * latencies.length) - 1];
  }

  /// Predicted over measured.
  double ratio() {
    return reading.predictedSeconds() / measuredSeconds();
  }

  /// Whether the prediction is near enough.
  boolean isNear() {
    return ratio() >= LOW && ratio() <= HIGH && errors == 0;
  }
}
