/// Autoscaling on virtual time: rules that decide how many replicas a service has, under traces of
/// one hour. Start with [ScaleSimulation], [NamedRule] the rules, [LoadTraces] the traces.
@NullMarked
package dev.weir.sim.scale;

import org.jspecify.annotations.NullMarked;
