package dev.weir.scale;

import dev.weir.base.Problems;

/// The settings of one service's autoscaling.
///
/// @param promise the latency to keep
/// @param min the least number of replicas, >= 0; with 0 an idle service has none
/// @param max the greatest number of replicas, >= 1 and >= min
/// @param rateErrors z: how many standard errors are added to the rate, >= 0
/// @param holdSeconds how long a fall of the need must last before replicas go, >= 0
/// @param drainSeconds in what time after new replicas are ready a backlog is to be served, > 0
/// @param utilisationMax the greatest part of the slots that may be busy on average, > 0 and <= 1
/// @param humanSeconds how long a count that someone else set is the least, >= 0
public record ScaleSettings(
    Promise promise,
    int min,
    int max,
    double rateErrors,
    double holdSeconds,
    double drainSeconds,
    double utilisationMax,
    double humanSeconds) {
  /*
   * Ten minutes for a human: whoever raises a count by hand expects load that is yet to come, and a
   * deploy takes minutes. The price of an error is ten minutes of a few replicas.
   */
  private static final double RATE_ERRORS = 1;
  private static final double HOLD_SECONDS = 75;
  private static final double DRAIN_SECONDS = 10;
  private static final double UTILISATION_MAX = 0.92;
  private static final double HUMAN_SECONDS = 600;

  /*
   * A minute differs from the next by chance: replicas that are predicted to keep a promise just so
   * break it in every other minute. Hence a fifth in reserve, for 1 % of cost.
   */
  private static final double AIM_SHARE = 0.8;

  public ScaleSettings {
    var problems = new Problems();
    problems.check(min >= 0, "min", min, ">= 0");
    problems.check(max >= Math.max(1, min), "max", max, ">= 1 and >= min");
    problems.check(rateErrors >= 0, "rate errors", rateErrors, ">= 0");
    problems.check(holdSeconds >= 0, "hold", holdSeconds, ">= 0 s");
    problems.check(drainSeconds > 0, "drain", drainSeconds, "> 0 s");
    problems.check(
        utilisationMax > 0 && utilisationMax <= 1, "utilisation", utilisationMax, "> 0 and <= 1");
    problems.check(humanSeconds >= 0, "human", humanSeconds, ">= 0 s");
    problems.throwIfAny("autoscaling");
  }

  /// The defaults: one standard error, 75 s of hold, 10 s to drain, at most 92 % busy.
  public static ScaleSettings of(Promise promise, int min, int max) {
    return new ScaleSettings(
        promise,
        min,
        max,
        RATE_ERRORS,
        HOLD_SECONDS,
        DRAIN_SECONDS,
        UTILISATION_MAX,
        HUMAN_SECONDS);
  }

  /// The latency that is planned for: four fifths of the promised time.
  public Promise aim() {
    return new Promise(promise.percentile(), AIM_SHARE * promise.seconds());
  }

  /// The same with another hold.
  public ScaleSettings withHold(double seconds) {
    return new ScaleSettings(
        promise, min, max, rateErrors, seconds, drainSeconds, utilisationMax, humanSeconds);
  }

  /// The same with another time to serve a backlog in.
  public ScaleSettings withDrain(double seconds) {
    return new ScaleSettings(
        promise, min, max, rateErrors, holdSeconds, seconds, utilisationMax, humanSeconds);
  }

  /// The same with another time for which a count that someone else set is the least.
  public ScaleSettings withHuman(double seconds) {
    return new ScaleSettings(
        promise, min, max, rateErrors, holdSeconds, drainSeconds, utilisationMax, seconds);
  }
}
