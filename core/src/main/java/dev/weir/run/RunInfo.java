package dev.weir.run;

import java.time.Instant;
import java.util.Map;

/// What a run was: enough to repeat it and to label its charts.
///
/// @param id the folder's or collection's name, unique among the runs kept together
/// @param title what a chart calls it, such as the policy's name
/// @param startedAt the epoch of every relative time of the run
/// @param command the command line that repeats it
/// @param seed of every random draw
/// @param facts further settings and versions by name, in the order to print them
public record RunInfo(
    String id,
    String title,
    Instant startedAt,
    String command,
    long seed,
    Map<String, String> facts) {}
