/// Variants compared in rounds: policies, images or replica counts, on this machine or on a swarm.
///
/// Read [ComparisonRuns] first: it makes the runs of all rounds at a [ComparisonTarget]. Before the
/// first run, a [ComparisonSetup] measures what a request costs and yields a [MeasuredComparison],
/// which knows its arrivals and can be simulated ([ComparisonPrediction]). [ComparisonTable] shows
/// the result.
@NullMarked
package dev.weir.lab.compare;

import org.jspecify.annotations.NullMarked;
