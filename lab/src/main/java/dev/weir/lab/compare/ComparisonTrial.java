package dev.weir.lab.compare;

import java.nio.file.Path;

/// One run of a comparison.
///
/// @param label the run's name; the second run of the baseline has a name of its own
/// @param scheduleSeed of the schedule that all runs of a round share
/// @param folder where it is recorded
/// @param task the beginning of the live line
/// @param command that repeats the comparison
public record ComparisonTrial(
    ComparisonVariant variant,
    String label,
    long scheduleSeed,
    Path folder,
    String task,
    String command) {}
