package dev.weir.scale;

import dev.weir.arrivals.RateEstimate;
import dev.weir.arrivals.RateEstimate.Slope;
import org.jspecify.annotations.Nullable;

/// A service as a test wants it observed: one slot for each replica, 100 ms of exponential work.
final class ObservedService {
  static final WorkLaw WORK = new TwoMomentWork(0.1, 1);

  private long nowNanos;
  private int ready = 1;
  private int desired = 1;
  private int queued;
  private double waitSeconds;
  private double idleSeconds;
  private double ratePerSecond;
  private double standardError = 1;
  private Slope minute = Slope.FLAT;
  private Slope halfMinute = Slope.FLAT;
  private double gapScv = 1;
  private @Nullable WorkLaw work = WORK;
  private int slots = 1;
  private double coldStartSeconds = 15;
  private String mark = "";
  private boolean isFresh = true;
  private double knownSeconds = 100;

  Observation now() {
    var rate =
        new RateEstimate(
            ratePerSecond,
            standardError,
            1,
            60,
            minute,
            halfMinute,
            ratePerSecond,
            ratePerSecond,
            knownSeconds);
    var load = new ServiceLoad(rate, gapScv, work, slots, ready, queued, waitSeconds, idleSeconds);
    return new Observation(nowNanos, load, desired, coldStartSeconds, mark, isFresh);
  }

  ObservedService passes(int seconds) {
    nowNanos += seconds * 1_000_000_000L;
    return this;
  }

  ObservedService ready(int value) {
    ready = value;
    return this;
  }

  ObservedService desired(int value) {
    desired = value;
    return this;
  }

  ObservedService queued(int value) {
    queued = value;
    return this;
  }

  ObservedService waits(double value) {
    waitSeconds = value;
    return this;
  }

  ObservedService idle(double value) {
    idleSeconds = value;
    return this;
  }

  ObservedService rate(double value) {
    ratePerSecond = value;
    return this;
  }

  ObservedService standardError(double value) {
    standardError = value;
    return this;
  }

  ObservedService gapScv(double value) {
    gapScv = value;
    return this;
  }

  ObservedService work(@Nullable WorkLaw value) {
    work = value;
    return this;
  }

  ObservedService slots(int value) {
    slots = value;
    return this;
  }

  ObservedService coldStart(double value) {
    coldStartSeconds = value;
    return this;
  }

  ObservedService mark(String value) {
    mark = value;
    return this;
  }

  ObservedService fresh(boolean value) {
    isFresh = value;
    return this;
  }

  ObservedService known(double value) {
    knownSeconds = value;
    return this;
  }

  ObservedService slope(double perSecondSquared, double error) {
    minute = new Slope(perSecondSquared, error);
    return this;
  }

  ObservedService halfMinuteSlope(double perSecondSquared, double error) {
    halfMinute = new Slope(perSecondSquared, error);
    return this;
  }

  /// Two seconds pass, and the scaler decides.
  Decision tick(Scaler scaler) {
    passes(2);
    return scaler.decide(now());
  }

  /// The same, and the replicas become as many as decided.
  Decision follow(Scaler scaler) {
    Decision decision = tick(scaler);
    desired(decision.replicas()).ready(decision.replicas());
    return decision;
  }
}
