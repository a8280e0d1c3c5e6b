package dev.weir.run;

import java.util.List;

/// How the sent load compares with the requested one. It says whether the run's other figures can
/// be trusted.
///
/// @param verdict whether the load was what the schedule asked for
/// @param reasons why the verdict is not VALID; empty if it is
/// @param law the requested law, such as "poisson(lambda=4)"
/// @param requested how many arrivals the schedule held
/// @param sent how many were sent
/// @param scheduledPerSecond the schedule's own rate
/// @param achievedPerSecond the rate at which requests were sent
/// @param gapMeanSeconds mean of the gaps between sends
/// @param gapSigmaSeconds their standard deviation
/// @param gapCov their coefficient of variation
/// @param gapCovLow lower end of its 95 % interval
/// @param gapCovHigh upper end of its 95 % interval
/// @param ks Kolmogorov-Smirnov distance of the gaps sent from the law
/// @param lag1 autocorrelation of neighbouring gaps
/// @param idc10ms index of dispersion for counts in windows of 10 ms; NaN if the run is too short
/// @param idc100ms the same at 100 ms
/// @param idc1s the same at 1 s
/// @param lagP50Nanos median of send minus due
/// @param lagP99Nanos its 99th percentile
/// @param lagMaxNanos its maximum
public record Certificate(
    Verdict verdict,
    List<String> reasons,
    String law,
    long requested,
    long sent,
    double scheduledPerSecond,
    double achievedPerSecond,
    double gapMeanSeconds,
    double gapSigmaSeconds,
    double gapCov,
    double gapCovLow,
    double gapCovHigh,
    double ks,
    double lag1,
    double idc10ms,
    double idc100ms,
    double idc1s,
    long lagP50Nanos,
    long lagP99Nanos,
    long lagMaxNanos) {

  /// Whether figures measured under this load may be quoted.
  public enum Verdict {
    /// The load was what the schedule asked for.
    VALID,
    /// Usable, with the stated reservation.
    DEGRADED,
    /// The sender could not keep up; latencies of this run mean nothing.
    VOID
  }
}
