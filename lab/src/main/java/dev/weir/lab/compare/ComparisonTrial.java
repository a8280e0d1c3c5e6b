package dev.weir.lab.compare;

import java.nio.file.Path;

/// One run of a comparison.
///
/// @param label what the run is called; the baseline's second one has a name of its own
/// @param scheduleSeed of the schedule that all of its round get
/// @param folder where it is recorded
/// @param task what the live line begins with
/// @param command what repeats the comparison
record ComparisonTrial(
    ComparisonVariant variant,
    String label,
    long scheduleSeed,
    Path folder,
    String task,
    String command) {}
