/// `weir simulate`: the simulator behind options.
///
/// Read [SimulateCommand] first. Each `Simulated...` class holds one section of the options and
/// builds that part of the scenario. The tables print what came of it.
@NullMarked
package dev.weir.cli.simulate;

import org.jspecify.annotations.NullMarked;
