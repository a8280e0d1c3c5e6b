/// How many replicas a service needs. A [Demand] says what comes: the rate and burstiness of
/// arrivals and the law of the work ([WorkLaw]), measured by [WorkHistogram] or given by two
/// moments. [Predictor] says what response times so many replicas give, by formulas that take a
/// millisecond or so; [ReplicaNeed] finds the least number that keeps a [Promise]. [Scaler] decides
/// how many there should be, from one [Observation] to the next. Start with [Predictor].
@NullMarked
package dev.weir.scale;

import org.jspecify.annotations.NullMarked;
