package dev.weir.sim.scale;

import dev.weir.arrivals.RateEstimate;
import dev.weir.scale.WorkLaw;
import org.jspecify.annotations.Nullable;

/// What a rule may look at when it decides. Each takes what its original can measure.
///
/// @param nowSeconds the instant
/// @param ready replicas that take requests
/// @param desired replicas asked for
/// @param queued requests that wait
/// @param waitSeconds how long the oldest of them has waited
/// @param busySeconds slot-seconds of work done since the start
/// @param inSystemSeconds request-seconds spent waiting or in service since the start
/// @param rate the rate of arrivals as estimated
/// @param gapScv burstiness of the arrivals as measured, without slow changes of the rate
/// @param work the law of the work as measured; null until known
record ScaleView(
    double nowSeconds,
    int ready,
    int desired,
    int queued,
    double waitSeconds,
    double busySeconds,
    double inSystemSeconds,
    RateEstimate rate,
    double gapScv,
    @Nullable WorkLaw work) {}
