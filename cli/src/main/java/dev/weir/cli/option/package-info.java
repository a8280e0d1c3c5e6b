/// What commands share: converters and checks of options, help sections, exit codes, signals.
///
/// Read [OptionParsing] first: it collects the problems of all options before a command refuses.
/// The options of arrivals ([ArrivalOptions], [LawOptions]) are here, because loads, comparisons
/// and simulations all draw schedules. [RepeatCommandLine] rebuilds the typed command for a run's
/// record.
@NullMarked
package dev.weir.cli.option;

import org.jspecify.annotations.NullMarked;
