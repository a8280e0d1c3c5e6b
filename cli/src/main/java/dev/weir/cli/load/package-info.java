/// `weir load` and `weir calibrate`: send a schedule of requests and report what came of it.
///
/// Read [LoadCommand] first. [HttpOptions] says what is requested from which server; benchmarks and
/// comparisons take the same options. [LoadSummary], [LoadJson] and [LoadOutputs] write the result.
@NullMarked
package dev.weir.cli.load;

import org.jspecify.annotations.NullMarked;
