package dev.weir.scale;

import dev.weir.arrivals.RateEstimate;
import dev.weir.arrivals.RateEstimate.Slope;
import dev.weir.scale.Decision.Outlook;

/// What the present, a trend and a backlog each ask for.
///
/// @param settings the promise and its bounds
/// @param now what is known of arrivals and the queue
/// @param work the law of the work
/// @param correction what measured work is multiplied by
record NeedTerms(ScaleSettings settings, Observation now, WorkLaw work, double correction) {
  private static final double MINUTE_ERRORS = 3;
  private static final double HALF_MINUTE_ERRORS = 4;
  private static final double ROUNDING = 1e-9;
  private static final Predictor PREDICTOR = new Predictor();

  /// The rate with its uncertainty.
  double carefulRate() {
    return now.load().rate().perSecond()
        + settings.rateErrors() * now.load().rate().standardError();
  }

  int base() {
    return Math.max(need(carefulRate()), utilised(now.load().rate().perSecond()));
  }

  int trend() {
    RateEstimate rate = now.load().rate();
    Slope minute = rate.minute();
    Slope half = rate.halfMinute();
    boolean isClear = minute.exceeds(MINUTE_ERRORS) || half.exceeds(HALF_MINUTE_ERRORS);
    if (!isClear) {
      return 0;
    }
    double slope =
        minute.exceeds(MINUTE_ERRORS) ? minute.perSecondSquared() : half.perSecondSquared();
    double then = rate.perSecond() + slope * (now.coldStartSeconds() + Scaler.TICK_SECONDS);
    return Math.max(need(then), utilised(then));
  }

  /// @param pendingSeconds how long pending replicas together will have been ready once the new
  ///   ones are
  int backlog(double pendingSeconds) {
    if (now.load().queued() <= (long) now.load().ready() * now.load().slots()) {
      return 0;
    }
    double rate = now.load().rate().perSecond();
    double readySeconds = now.load().ready() * now.coldStartSeconds() + pendingSeconds;
    double served = readySeconds * now.load().slots() / (work.meanSeconds() * correction);
    double queued = Math.max(0, now.load().queued() + rate * now.coldStartSeconds() - served);
    return replicas(erlangs(rate + queued / settings.drainSeconds()));
  }

  /// What is predicted of so many replicas.
  Outlook outlook(int replicas) {
    return new Outlook(seconds(replicas - 1), seconds(replicas), seconds(replicas + 1));
  }

  private double seconds(int replicas) {
    return replicas < 1
        ? Double.POSITIVE_INFINITY
        : PREDICTOR
            .predict(now.demand(carefulRate(), work), replicas, now.load().slots())
            .percentileSeconds(settings.promise().percentile());
  }

  private double erlangs(double ratePerSecond) {
    return ratePerSecond * work.meanSeconds() * correction;
  }

  /// As many replicas as are busy for the greatest allowed part of their time.
  private int utilised(double ratePerSecond) {
    return replicas(erlangs(ratePerSecond) / settings.utilisationMax());
  }

  /// As many replicas as have so many slots, bounded above.
  private int replicas(double slots) {
    return (int) Math.min(settings.max() + 1.0, Math.ceil(slots / now.load().slots() - ROUNDING));
  }

  private int need(double ratePerSecond) {
    ReplicaNeed need =
        ReplicaNeed.of(
            now.demand(ratePerSecond, work), settings.aim(), now.load().slots(), settings.max());
    return need.isKept() || !need.isAttainable() ? need.replicas() : settings.max() + 1;
  }
}
