/// How well this machine sends: sends schedules to a sink in this process and certifies the gaps.
/// [WarmUp] sends to the same sink before a run, so that the compiler has finished by then. Start
/// with [Calibration].
@NullMarked
package dev.weir.load.calibrate;

import org.jspecify.annotations.NullMarked;
