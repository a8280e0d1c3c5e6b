/// `weir simulate`: the simulator behind options.
///
/// Read [SimulateCommand] first. [SimulationOptions] builds the scenario from the `Simulated...`
/// classes, one for each section of the options. [SimulationRuns] plays it, and the tables print
/// the results.
@NullMarked
package dev.weir.cli.simulate;

import org.jspecify.annotations.NullMarked;
